import Forms
import Foundation
import Testing

/// What an office changes about a campaign in its working folder, a line for each thing.
@Suite struct CampaignChangesTests {
  private func load(_ lines: String...) throws -> Campaign {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try folder.write((["extends: jiaozuo-2024"] + lines).joined(separator: "\n"), to: "活动.yaml")
    return try Campaign.load(workingDirectory: folder.url)
  }

  @Test func aRenamedUnitIsStillKnownByItsOldNameAndKeepsItsTarget() throws {
    let campaign = try load("rename: {财贸工会: 财贸金融工会}")
    let unit = try #require(campaign.unit(code: "JZ16"))
    #expect(unit.name == "财贸金融工会" && unit.aliases.contains("财贸工会"))
    #expect(campaign.targets[0].targets["JZ16"] == 15 && campaign.targets[0].printedTotal == 620)
  }

  @Test func whatIsSaidOfARenamedUnitFollows() throws {
    let campaign = try load(
      "rename: {财贸工会: 财贸金融工会}", "aliases: {财贸工会: 老财贸}", "targets: {附件1: {财贸工会: 20}}")
    #expect(campaign.unit(code: "JZ16")?.aliases.contains("老财贸") == true)
    #expect(campaign.targets[0].targets["JZ16"] == 20)
    #expect(campaign.targets[0].printedTotal == 625 && campaign.targets[0].printedTotalText == "625")
  }

  @Test func aDroppedUnitTakesItsTargetWithIt() throws {
    let campaign = try load("drop: [焦煤工会]")
    #expect(campaign.unit(code: "JZ12") == nil && campaign.forms[0].dueFrom.count == 15)
    #expect(campaign.targets[0].targets.count == 15 && campaign.targets[0].printedTotal == 590)
    #expect(campaign.targets[1].printedTotalText == "11万人次")
  }

  @Test func anAddedUnitOwesTheFormsAndMayGetATarget() throws {
    let campaign = try load("add: [{code: JZ17, name: 卫健工会}]", "targets: {附件1: {卫健工会: 20}}")
    #expect(campaign.forms.allSatisfy { $0.dueFrom.contains("JZ17") })
    #expect(campaign.targets[0].targets["JZ17"] == 20 && campaign.targets[0].order.last == "JZ17")
    #expect(campaign.targets[0].printedTotal == 640)
    // Whoever may report outside the list still comes last.
    #expect(campaign.units.last?.code == "JZ00")
  }

  @Test(arguments: [
    ("rename: {财茂工会: 财贸金融工会}", "没有单位“财茂工会”"), ("drop: [财茂工会]", "没有单位“财茂工会”"),
    ("rename: {财贸工会: 教育工会}", "已有单位“教育工会”"), ("add: [财贸工会]", "财贸工会"),
    ("targets: {附件1: {财茂工会: 1}}", "财茂工会"),
  ])
  func aComplaintPointsAtTheLine(line: String, says: String) throws {
    let error = try #require(throws: FormsError.self) { try load("title: 另一个标题", line) }
    #expect(error.file == "活动.yaml" && error.line == 3, "\(error.text(in: .chinese))")
    #expect(error.message.chinese.contains(says), "\(error.message.chinese)")
  }
}
