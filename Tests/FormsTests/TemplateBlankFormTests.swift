import Forms
import Foundation
import Testing
import XLSX

@Suite("A blank form")
struct TemplateBlankFormTests {
  let campaign: Campaign
  /// A sheet does not keep its workbook alive; this does, for as long as the test runs.
  private let books = Books()

  private final class Books {
    var kept: [Workbook] = []
  }

  init() throws { campaign = try Campaign.load("jiaozuo-2024", workingDirectory: URL(fileURLWithPath: "/")) }

  private func sheet(_ label: String, unit: String? = nil) throws -> (book: Workbook, sheet: Worksheet) {
    let form = try #require(campaign.form(label))
    let unit = try unit.map { try #require(campaign.unit(named: $0)) }
    let book = try BlankForm.workbook(for: form, campaign: campaign, unit: unit)
    books.kept.append(book)
    return (book, try book.sheet(named: form.label))
  }

  @Test("附件2 stands as the notice prints it: label, title, two lines, the table, two lines")
  func cultureOutreach() throws {
    let (_, sheet) = try sheet("附件2")
    #expect(sheet["A1"] == "附件2")
    #expect(sheet["A2"] == "“中国梦·劳动美·工会情”\n文化活动进基层情况统计表")
    #expect(sheet["A3"] == "填报单位（盖章）：" && sheet["A4"] == "填报时间：")
    #expect(["C5", "D5", "E5"].map { sheet[$0] } == ["线上", "线下", "合计"])
    #expect(sheet["A6"] == "送文艺" && sheet["B6"] == "场次" && sheet["B7"] == "参加人数")
    #expect(sheet["A14"] == "送培训" && sheet["B15"] == "参加人数")
    #expect(sheet["A16"] == "填报人：" && sheet["A17"] == "联系电话：")
    for range in ["A2:E2", "A5:B5", "A6:A7", "A14:A15"] as [CellRange] {
      #expect(sheet.mergedRanges.contains(range))
    }
    #expect(sheet.usedRange == "A1:E17")
  }

  @Test("附件4 has two rows of headings over one row to fill in")
  func modelWorkerCampus() throws {
    let (_, sheet) = try sheet("附件4")
    #expect(sheet["A5"] == "活动场次（场）" && sheet["C5"] == "覆盖人数（万人次）" && sheet["E5"] == "媒体报道（篇次）")
    #expect(["A6", "B6", "C6", "D6"].map { sheet[$0] } == ["线上", "线下", "线上", "线下"])
    #expect(sheet.mergedRanges.contains("A5:B5") && sheet.mergedRanges.contains("E5:E6"))
    #expect(sheet["A7"].isEmpty && sheet.usedRange == "A1:E9")
  }

  @Test("printing gives one centred A4 page without grid lines")
  func page() throws {
    for form in campaign.forms {
      let (_, sheet) = try sheet(form.label)
      #expect(sheet.pageSetup.paperSize == 9 && sheet.pageSetup.centersHorizontally)
      #expect(sheet.pageSetup.scaling == .fit(width: 1, height: 1))
      #expect(sheet.pageSetup.orientation == (form.label == "附件4" ? .landscape : .portrait))
      #expect(!sheet.pageSetup.printsGridLines && !sheet.view.showsGridLines)
    }
  }

  @Test("the fonts are the official ones: 黑体, 方正小标宋简体 22, 仿宋_GB2312")
  func fonts() throws {
    let (_, sheet) = try sheet("附件2")
    #expect(sheet.style(at: "A1").font.name == "黑体")
    #expect(sheet.style(at: "A2").font.name == "方正小标宋简体" && sheet.style(at: "A2").font.size == 22)
    #expect(sheet.style(at: "C6").font.name == "仿宋_GB2312" && sheet.style(at: "C6").borders == .thin)
  }

  @Test("inputs are open, everything else is locked, and no password guards it")
  func protection() throws {
    let (_, sheet) = try sheet("附件2")
    let protection = try #require(sheet.protection)
    #expect(!protection.hasPassword)
    for cell in ["C6", "D15", "C3", "B4", "B16", "B17"] as [CellReference] {
      #expect(!sheet.style(at: cell).protection.isLocked)
    }
    for cell in ["E6", "E15", "A2", "A6", "C5", "A3"] as [CellReference] {
      #expect(sheet.style(at: cell).protection.isLocked)
    }
  }

  @Test("a total is a live sum that shows nothing until both parts are there")
  func totals() throws {
    let (_, sheet) = try sheet("附件2")
    #expect(sheet["E6"] == .formula("IF(COUNT(C6:D6)<2,\"\",SUM(C6:D6))", cached: ""))
    #expect(sheet["E15"].formula?.text == "IF(COUNT(C15:D15)<2,\"\",SUM(C15:D15))")
  }

  @Test("counts take whole numbers from 0, coverage decimals with a word on 万人次")
  func validation() throws {
    let counts = try sheet("附件2").sheet.validations.filter { $0.kind == .whole }
    #expect(
      counts.count == 2 && counts.allSatisfy { $0.formula1 == "0" && $0.operator == .greaterThanOrEqual })
    #expect(counts.flatMap(\.ranges).contains("C6:D6") && counts.flatMap(\.ranges).contains("C15:D15"))
    #expect(
      counts.allSatisfy { $0.error?.text.contains("整数") == true && $0.prompt?.text.contains("没有的填0") == true }
    )
    let coverage = try #require(try sheet("附件4").sheet.validations.first { $0.kind == .decimal })
    #expect(coverage.ranges == ["C7:D7"])
    #expect(coverage.prompt?.title == "单位：万人次" && coverage.prompt?.text.contains("8000人次填0.8") == true)
  }

  @Test("a unit's copy carries its name, locked")
  func unit() throws {
    let (_, sheet) = try sheet("附件4", unit: "教育工会")
    #expect(sheet["B3"] == "教育工会" && sheet.style(at: "B3").protection.isLocked)
  }

  @Test("hidden names of the sheet tell where the form is")
  func markers() throws {
    let names = try sheet("附件2").book.definedNames.filter { $0.name.hasPrefix(FormMarker.prefix) }
    #expect(names.allSatisfy { $0.isHidden && $0.sheet == "附件2" })
    let places = Dictionary(
      uniqueKeysWithValues: try names.map { name in
        let parsed = try #require(FormMarker.parse(name.name, among: campaign.forms))
        #expect(parsed.form == "culture-outreach")
        return (parsed.marker, name.formula)
      })
    #expect(places[.table] == "'附件2'!$A$5:$E$15" && places[.figures] == "'附件2'!$C$6:$E$15")
    #expect(places[.head(.unit)] == "'附件2'!$C$3" && places[.head(.phone)] == "'附件2'!$B$17")
  }

  @Test("three levels of headings and totals on both axes find their places")
  func general() throws {
    let leaves = [Heading(name: "男"), Heading(name: "女"), Heading(name: "小计", totalOf: ["男", "女"])]
    let form = FormDefinition(
      id: "f", label: "表1", title: "情况表", deadline: .epoch, dueFrom: [],
      rows: [Heading(name: "甲"), Heading(name: "乙"), Heading(name: "总计", totalOf: ["甲", "乙"])],
      columns: [
        Heading(
          name: "人数", measure: Measure(unit: "人"),
          children: [
            Heading(name: "城区", children: leaves), Heading(name: "乡镇", children: leaves),
            Heading(name: "总计", totalOf: ["城区/小计", "乡镇/小计"]),
          ])
      ], headLines: [.init(role: .unit, label: "单位", place: .above)])
    let book = try BlankForm.workbook(for: form, campaign: campaign)
    let sheet = try book.sheet(named: "表1")
    // Row 3 is the head line; the headings take rows 4 to 6, the row headings column A.
    for range in ["A4:A6", "B4:H4", "B5:D5", "E5:G5", "H5:H6"] as [CellRange] {
      #expect(sheet.mergedRanges.contains(range))
    }
    #expect(sheet["H7"].formula?.text == "IF(COUNT(D7,G7)<2,\"\",SUM(D7,G7))")
    #expect(sheet["B9"].formula?.text == "IF(COUNT(B7:B8)<2,\"\",SUM(B7:B8))")
    #expect(sheet["H9"].formula?.text == "IF(COUNT(D9,G9)<2,\"\",SUM(D9,G9))")
  }

  @Test("附件1 and 附件3 print as the notice has them, two units to a row")
  func targetTables() throws {
    let sessionBook = try TargetSheet.workbook(
      for: #require(campaign.targetTable("附件 1")), campaign: campaign)
    let sessions = try sessionBook.sheet(named: "附件1")
    #expect(["A3", "B3", "C3", "D3"].map { sessions[$0] } == ["单位", "活动场次", "单位", "活动场次"])
    #expect(sessions["A4"] == "沁阳市总工会" && sessions["B4"] == 60 && sessions["C4"] == "孟州市总工会")
    #expect(sessions["C11"] == "财贸工会" && sessions["D11"] == 15)
    #expect(sessions["A12"] == "总计" && sessions["C12"] == .formula("SUM(B4:B11,D4:D11)", cached: 620))
    let coverageBook = try TargetSheet.workbook(
      for: #require(campaign.targetTable("附件3")), campaign: campaign)
    let coverage = try coverageBook.sheet(named: "附件3")
    #expect(coverage["A2"] == "2024年“劳模工匠进校园”\n活动覆盖面指标")
    #expect(coverage["B3"] == "覆盖人数(人次)" && coverage["C9"] == "教育工会" && coverage["C10"] == "11万人次")
    withExtendedLifetime((sessionBook, coverageBook)) {}
  }
}
