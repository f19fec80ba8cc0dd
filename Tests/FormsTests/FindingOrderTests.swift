import Testing
import XLSX

@testable import Forms

@Suite struct FindingOrderTests {
  @Test func peopleReadErrorsFirstThenWhatIsToBeConfirmedThenHintsByUnit() throws {
    func finding(_ rule: String, _ severity: Severity, _ unit: String?, _ cell: CellReference? = nil)
      -> Finding
    {
      Finding(
        rule: rule, severity: severity, file: "a.xlsx", sheet: "1", cell: cell, unit: unit,
        message: LocalizedText(zh: rule, en: rule))
    }
    let found = [
      finding("C02", .info, "沁阳", "B2"), finding("H01", .warning, nil), finding("T03", .error, "温县", "D9"),
      finding("T01", .error, "沁阳", "E6"), finding("C04", .warning, "温县", "B3"),
      finding("C01", .error, "沁阳", "B4"),
    ]
    #expect(
      found.gravestFirst(units: ["沁阳", "温县"]).map { "\($0.rule) \($0.unit ?? "-")" }
        == ["C01 沁阳", "T01 沁阳", "T03 温县", "C04 温县", "H01 -", "C02 沁阳"])
  }

  @Test func aHintThatTenUnitsShareIsOneLineWithTheirNumber() throws {
    let inbox = try ReturnInbox()
    let units = inbox.campaign.units(owing: inbox.campaign.forms[0]).prefix(10).map(\.name)
    for (number, unit) in units.enumerated() {
      try inbox.put(
        inbox.form(unit: unit) { sheet in
          // Other figures in each, so that no two reports are the same.
          sheet["D6"] = .number(Double(12 + number))
          sheet["E6"] = .number(Double(14 + number))
        }, "\(unit)附件2.xlsx")
    }
    let report = try inbox.check()
    let text = report.text(campaign: inbox.campaign, language: .chinese)
    let lines = text.split(separator: "\n").filter { $0.contains("G04") }
    #expect(lines.count == 1, "\(lines)")
    #expect(lines.first?.contains("个单位：") == true)
    let english = report.text(campaign: inbox.campaign, language: .english)
    #expect(english.split(separator: "\n").filter { $0.contains("G04") }.count == 1)
    let table = text.split(separator: "\n").drop { !$0.hasPrefix("单位") }.prefix(12)
    #expect(table.allSatisfy { $0.displayWidth <= 80 })
  }
}
