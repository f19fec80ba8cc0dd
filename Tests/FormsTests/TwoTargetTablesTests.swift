import Foundation
import Testing
import XLSX

@testable import Forms

/// One form with two tables of targets: both are held against it, each with a sheet of its own.
@Suite struct TwoTargetTablesTests {
  private static func campaign() throws -> Campaign {
    try CampaignSample.load([
      "    total: 50": """
          total: 50
        里程任务:
          title: 里程任务
          form: 表1
          fields: [里程/合计]
          heading: 里程
          units: {东段管理所: 100, 西段管理所: 80}
          total: 180
      """
    ])
  }

  @Test("The table that counts what stands first on the form is the form's; the other is told beside it")
  func both() throws {
    let campaign = try Self.campaign()
    #expect(campaign.targets(for: campaign.forms[0])?.label == "任务表")
    #expect(campaign.allTargets(for: campaign.forms[0]).map(\.label) == ["任务表", "里程任务"])
    let sheets = campaign.workbookPlan.sheets.filter {
      if case .completion = $0.content { true } else { false }
    }
    #expect(sheets.count == 2 && Set(sheets.map(\.name)).count == 2)
    let report = try CheckRun.check(paths: [], campaign: campaign, asOf: .epoch)
    let merged = Consolidation(report: report, campaign: campaign)
    #expect(merged.furtherTargets.map { $0.targetTable?.label } == ["里程任务"])
    #expect(merged.forms[0].target == 50 && merged.furtherTargets[0].target == 180)
    let names = try merged.workbook().sheets.map(\.name)
    #expect(names.filter { $0.contains("完成") }.count == 2)
  }
}
