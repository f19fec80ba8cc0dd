import Foundation
import Testing

@testable import Forms

/// Changes that somebody makes in a table of the page, as lines of the working folder's campaign file.
@Suite struct CampaignChangeTests {
  /// Applies changes one after the other, each to what the loader makes of the one before.
  private func changed(_ text: String, _ changes: CampaignChange...) throws -> (
    text: String, campaign: Campaign
  ) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func load(_ text: String) throws -> Campaign {
      try text.write(to: folder.appendingPathComponent("活动.yaml"), atomically: true, encoding: .utf8)
      return try Campaign.load(workingDirectory: folder)
    }
    var text = text
    for change in changes { text = try change.applied(to: text, campaign: try load(text)) }
    return (text, try load(text))
  }

  @Test func theWordingOfLettersIsWrittenTextByText() throws {
    let (text, campaign) = try changed(
      """
      extends: jiaozuo-2024
      # 会议定的
      year: 2024

      """, .wording(.letterOpening, "{unit}：\n截至{asOf}，请办理："), .wording(.late, "“{form}”晚了{days}天：请注意"),
      .resendDays(5))
    #expect(text.contains("# 会议定的"))
    #expect(campaign.correspondence.texts[.letterOpening] == "{unit}：\n截至{asOf}，请办理：")
    #expect(campaign.correspondence.texts[.late] == "“{form}”晚了{days}天：请注意")
    #expect(campaign.correspondence.resendDays == 5)
    #expect(campaign.correspondence.texts[.missing] == Correspondence.builtin.texts[.missing])
    // Emptied it is as before; what was never written here stays as it is.
    let (after, plain) = try changed(text, .wording(.late, ""), .wording(.errors, ""))
    #expect(plain.correspondence.texts[.late] == Correspondence.builtin.texts[.late])
    #expect(plain.correspondence.texts[.errors] == Correspondence.builtin.texts[.errors])
    #expect(after.contains("letterOpening") && !after.contains("late:"))
    // A blank that nothing fills in is refused by the loader.
    #expect(throws: FormsError.self) { try changed(text, .wording(.late, "{nothing}")) }
  }

  @Test func whatIsAlreadyThereKeepsItsPlaceAndItsComments() throws {
    let (text, campaign) = try changed(
      """
      extends: jiaozuo-2024
      deadlines:
        附件4: 2024-12-05  # 通知第三条
        # 附件2 照旧
      targets: {附件1: {焦煤工会: 35}}   # 会议定的
      drop:
        - 建设工会
        # 并入住建局
        - 交通工会

      """, .deadline(form: "附件4", "2024-12-10"), .target(table: "附件1", unit: "温县总工会", 61),
      .restore(unit: "建设工会"))
    #expect(
      text == """
        extends: jiaozuo-2024
        deadlines:
          附件4: 2024-12-10  # 通知第三条
          # 附件2 照旧
        targets:
          附件1: {焦煤工会: 35, 温县总工会: 61}
        drop:
          # 并入住建局
          - 交通工会

        """)
    #expect(campaign.targets[0].printedTotal == 620 - 10 + 5 + 1)
    #expect(campaign.units.contains { $0.name == "建设工会" })
  }

  @Test func aUnitIsRenamedTwiceAndBackAgain() throws {
    let start = "extends: jiaozuo-2024\n"
    let (twice, campaign) = try changed(
      start, .rename(unit: "财贸工会", to: "财贸金融工会"), .target(table: "附件1", unit: "财贸金融工会", 20),
      .rename(unit: "财贸金融工会", to: "财贸轻纺总工会"))
    #expect(campaign.unit(code: "JZ16")?.name == "财贸轻纺总工会")
    #expect(campaign.targets[0].targets["JZ16"] == 20)
    #expect(twice.contains("财贸工会: 财贸轻纺总工会"))
    let (back, _) = try changed(
      start, .rename(unit: "财贸工会", to: "财贸金融工会"), .rename(unit: "财贸金融工会", to: "财贸工会"))
    #expect(!back.contains("rename"))
  }

  @Test func aUnitThatWasAddedAndDroppedLeavesNothing() throws {
    let (text, campaign) = try changed(
      "extends: jiaozuo-2024\n", .add(unit: "卫健工会", group: nil), .add(unit: "能源工会", group: "industry"),
      .aliases(unit: "卫健工会", ["卫健", "卫健委工会"]), .target(table: "附件1", unit: "卫健工会", 12), .drop(unit: "卫健工会"))
    #expect(text.contains("能源工会") && !text.contains("卫健"))
    #expect(campaign.targets[0].printedTotal == 620)
    #expect(campaign.units.last { $0.groups == ["industry"] }?.name == "能源工会")
  }

  @Test func aDroppedUnitComesBackWithItsOwnTargetAndNames() throws {
    let start = """
      extends: jiaozuo-2024
      rename: {焦煤工会: 焦煤集团}
      aliases: {焦煤集团: [焦煤公司]}
      targets:
        附件1:
          焦煤集团: 35

      """
    let (text, without) = try changed(start, .drop(unit: "焦煤集团"))
    #expect(!without.units.contains { $0.code == "JZ12" })
    #expect(without.targets[0].printedTotal == 590)
    #expect(CampaignChange.UnitNotes(text).dropped == ["焦煤集团"])
    let (back, campaign) = try changed(start, .drop(unit: "焦煤集团"), .restore(unit: "焦煤集团"))
    #expect(!back.contains("drop"))
    #expect(campaign.targets[0].targets["JZ12"] == 35)
    #expect(campaign.unit(code: "JZ12")?.name == "焦煤集团")
    #expect(campaign.unit(code: "JZ12")?.aliases.contains("焦煤公司") == true)
    #expect(throws: FormsError.self) {
      try changed(start, .drop(unit: "焦煤集团"), .add(unit: "焦煤集团", group: "industry"))
    }
  }

  @Test func aTargetOfAUnitThatACampaignBelowDroppedIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("下.yaml", "extends: jiaozuo-2024\ndrop: [焦煤工会]\n"),
      ("活动.yaml", "extends: 下.yaml\ntargets: {附件1: {焦煤工会: 35}}\n"),
    ] {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    #expect(throws: FormsError.self) { try Campaign.load(workingDirectory: folder) }
  }

  @Test func aUnitThatWasAddedWithAGroupIsRenamed() throws {
    let (text, campaign) = try changed(
      "extends: jiaozuo-2024\nadd:\n  # 新成立\n  - 卫健工会\n", .add(unit: "能源工会", group: "industry"),
      .rename(unit: "能源工会", to: "能源化工工会"), .rename(unit: "卫健工会", to: "卫健委工会"))
    let added = campaign.units.filter { $0.name.hasPrefix("卫健") || $0.name.hasPrefix("能源") }
    #expect(added.map(\.name) == ["卫健委工会", "能源化工工会"])
    #expect(added.last?.groups == ["industry"])
    #expect(text.contains("# 新成立") && !text.contains("rename"))
    #expect(CampaignChange.UnitNotes(text).added == ["卫健委工会", "能源化工工会"])
  }

  @Test func oneDroppedUnitWithoutAListStaysDropped() throws {
    let (_, campaign) = try changed("extends: jiaozuo-2024\ndrop: 焦煤工会\n", .drop(unit: "财贸工会"))
    #expect(!campaign.units.contains { $0.name == "焦煤工会" || $0.name == "财贸工会" })
  }

  @Test func anotherYearMovesEveryDeadline() throws {
    let (_, campaign) = try changed("extends: jiaozuo-2024\n", .year(2025))
    #expect(campaign.year == 2025 && campaign.id == "jiaozuo-2025")
    #expect(campaign.forms.map(\.deadline.description) == ["2025-11-20", "2025-11-30"])
  }

  @Test func aDocumentHasItsDeadlineWhereFormsHaveTheirs() throws {
    let (text, campaign) = try changed(
      "extends: jiaozuo-2024\n", .deadline(form: "实施方案", "2024-05-10"),
      .deadline(form: "活动总结", "2024-12-31"))
    #expect(text.contains("deadlines:\n  实施方案: 2024-05-10\n  活动总结: 2024-12-31\n"))
    #expect(campaign.dueDocuments.map(\.deadline.description) == ["2024-05-10", "2024-12-31", "2024-11-30"])
    #expect(campaign.forms.map(\.deadline.description) == ["2024-11-20", "2024-11-30"])
    // A document with a day of its own is asked for in the next year too.
    let next = try changed(text, .year(2025)).campaign
    #expect(next.dueDocuments.map(\.deadline.description) == ["2025-05-10", "2025-12-31", "2025-11-30"])
    // A name that is neither form nor document is still refused.
    #expect(throws: FormsError.self) { try changed("extends: jiaozuo-2024\ndeadlines: {实施方按: 2024-05-10}\n") }
  }

  @Test func twoDocumentsOfOneNameHaveEachItsDeadline() throws {
    let start = """
      extends: jiaozuo-2024
      documents:
        - {name: 活动总结, with: 附件2, deadline: 2024-11-20}
        - {name: 活动总结, with: 附件4}
        - {name: 照片, with: 附件4, deadline: 2024-11-30}

      """
    let (text, campaign) = try changed(start, .deadline(form: "活动总结（附件4）", "2024-12-05"))
    #expect(campaign.dueDocuments.map(\.deadline.description) == ["2024-11-20", "2024-12-05", "2024-11-30"])
    // Every day of its own moves, also one that is its form's by chance.
    let next = try changed(text, .year(2025)).campaign
    #expect(next.dueDocuments.map(\.deadline.description) == ["2025-11-20", "2025-12-05", "2025-11-30"])
  }

  @Test func aDocumentsDayOfAnotherYearBelowCountsAsNone() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [
      ("2024", "extends: jiaozuo-2024\nid: a-2024\ndeadlines: {实施方案: 2024-04-25}\n"),
      ("2025", "extends: ../2024\nid: a-2025\nyear: 2025\ndeadlines: {附件2: 2025-11-20, 附件4: 2025-11-30}\n"),
    ] {
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place.appendingPathComponent("活动.yaml"))
    }
    let campaign = try Campaign.load(workingDirectory: folder.appendingPathComponent("2025"))
    #expect(campaign.dueDocuments.map(\.name) == ["活动总结", "图文材料"])
  }

  @Test func anAliasOfTheCampaignBelowIsNotTakenAway() throws {
    #expect(throws: FormsError.self) {
      try changed("extends: jiaozuo-2024\n", .aliases(unit: "温县总工会", ["温县"]))
    }
    let (text, _) = try changed(
      "extends: jiaozuo-2024\n", .aliases(unit: "温县总工会", ["温县", "温县工会", "温县总"]))
    #expect(text.contains("温县总工会: [温县总]"))
  }

  /// Flow mappings over several lines, quoted keys, Windows' line ends, a BOM: what is not meant stays the same.
  @Test(arguments: [
    "\u{FEFF}extends: jiaozuo-2024\r\naliases: {温县总工会: [温总],\r\n  \"沁阳市总工会\": [沁总]}\r\n",
    "extends: jiaozuo-2024\naliases:\n  '沁阳市总工会':\n    - 沁总\n  温县总工会:\n    - 温总\n",
  ])
  func everyWayOfWritingIsUnderstood(_ text: String) throws {
    let (_, campaign) = try changed(
      text, .aliases(unit: "JZ01", ["沁阳", "沁阳市", "沁阳市工会", "沁阳总工会", "沁总", "沁工"]))
    #expect(campaign.unit(code: "JZ01")?.aliases.suffix(2) == ["沁总", "沁工"])
    #expect(campaign.unit(code: "JZ05")?.aliases.last == "温总")
  }
}
