import Foundation
import Testing
import XLSX

@testable import Forms

/// Tables that do not stand one a sheet, headings above, room below.
@Suite struct LearnTablesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func loaded(_ learned: LearnedCampaign) throws -> Campaign {
    let place = folder.url.appendingPathComponent("活动")
    try learned.write(to: place.path)
    return try Campaign.load(place.path, workingDirectory: folder.url)
  }

  /// 附表1 with two lists one below the other: 护林员 with two lines, 瞭望塔 with one.
  private func twoLists(filled: Bool) throws -> Workbook {
    let book = Workbook()
    let sheet = try book.addSheet(named: "附表1")
    var rows: [[String]] = [
      ["附表1"], ["2025年护林员名册"], ["林场：" + (filled ? "北坡林场" : "")], ["序号", "姓名", "管护面积（公顷）"],
      ["1"], ["2"], [], ["2025年瞭望塔登记表"], ["序号", "塔名", "高度（米）"], ["1"], ["2"], ["填表人："],
    ]
    if filled {
      rows[4] += ["刘一", "30"]
      rows[5] += ["陈二", "40"]
      rows[9] += ["东塔", "18"]
    }
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() {
        sheet[CellReference(row: row + 1, column: column + 1)] =
          Double(text).map { .number($0) } ?? .text(text)
      }
    }
    try sheet.merge("A2:C2")
    try sheet.merge("A8:C8")
    sheet.changeStyle(for: "A4:C6") { $0.borders = .thin }
    sheet.changeStyle(for: "A9:C11") { $0.borders = .thin }
    return book
  }

  @Test func twoListsOnASheetAreTwoForms() throws {
    let file = folder.url.appendingPathComponent("附表1.xlsx")
    try twoLists(filled: false).save(to: file)
    let learned = try LearnedCampaign(files: [file.path])
    #expect(learned.forms.map(\.title) == ["2025年护林员名册", "2025年瞭望塔登记表"])
    #expect(learned.forms.map(\.kind) == [.list, .list])
    let campaign = try loaded(learned)
    #expect(
      campaign.forms.map { $0.fields.map(\.key.rawValue) } == [["序号", "姓名", "管护面积"], ["序号", "塔名", "高度"]])
    // Only the first prints who reports, the second who filled it in; neither asks for a telephone.
    #expect(
      campaign.forms.map { form in form.headLines.filter { !$0.isAsked }.map(\.role) } == [
        [.filledOn, .filledBy, .phone], [.filledOn, .phone],
      ])
    let book = try GridBook(workbook: Workbook(bytes: twoLists(filled: true).serialized()))
    let found = FormLocator(campaign).locate(in: book)
    let lists = found.map { FormReader(campaign).read($0, in: book, file: "北坡林场.xlsx").list }
    #expect(found.map(\.form.title) == ["2025年护林员名册", "2025年瞭望塔登记表"])
    #expect(lists.map { $0?.lines.count } == [2, 1])
    #expect(lists.map { $0?.lines.values(0)[2] } == [.figure(30), .figure(18)])
  }

  /// | 站点（个） | | 服务人次（人次） | |: what stands beside each label is its figure, wherever the pair stands.
  @Test func pairsOfLabelsAndRoomAreAForm() throws {
    let notice: [NoticeSample.Part] = [
      .text("云岭县妇联"), .text("关于报送妇女之家情况的通知"), .text("请于2025年5月15日前报送《妇女之家情况表》（附件）。"),
      .text("云岭县妇联"), .text("2025年3月1日"), .text("附件"), .text("妇女之家情况表"),
      .table([
        ["填报单位", "", "填报人", ""], ["站点（个）", "", "服务人次（人次）", ""], ["是否挂牌", "", "投入资金（万元）", ""],
        ["负责人", "", "地址", ""],
      ]),
    ]
    let file = folder.url.appendingPathComponent("通知.docx")
    try Data(NoticeSample.word(notice)).write(to: file)
    let learned = try LearnedCampaign(files: [file.path])
    let campaign = try loaded(learned)
    let form = campaign.forms[0]
    #expect(form.fields.map(\.key.rawValue) == ["站点", "是否挂牌", "负责人", "服务人次", "投入资金", "地址"])
    #expect(form.fields.map(\.type) == [.number, .yesNo, .text, .number, .number, .text])
    let sheet = """
      | 附件 |
      | 妇女之家情况表 |
      | 填报单位 | 石桥镇妇联 | 填报人 | 王芳 |
      | 站点（个） | 3 | 服务人次（人次） | 1,250 |
      | 是否挂牌 | 是 | 投入资金（万元） | 3.2 |
      | 负责人 | 李红 | 地址 | 文化路8号 |
      """
    let book = GridBook(format: .xlsx, grids: [Grid.drawn(sheet, name: "附件")])
    let found = FormLocator(campaign).locate(in: book)
    #expect(found.count == 1)
    let submission = FormReader(campaign).read(try #require(found.first), in: book, file: "a.xlsx")
    #expect(
      submission.readings.map(\.value) == [
        .figure(3), .truth(true), .text("李红"), .figure(1250), .figure(Decimal(string: "3.2") ?? 0),
        .text("文化路8号"),
      ])
    #expect(submission.filledBy == "王芳" && submission.unitAsWritten == "石桥镇妇联")
  }

  /// 慰问金额 over 现金, 物资折款 and 小计 says that all three are money, also beside 单位：元、人.
  @Test func aGroupSaysWhatItsColumnsCount() throws {
    let notice: [NoticeSample.Part] = [
      .text("南屏县总工会"), .text("关于开展“送清凉”活动的通知"), .text("请于2025年8月20日前报送《送清凉明细表》（附件）。"),
      .text("附件"), .text("送清凉明细表"), .text("单位：元、人"),
      .table([
        ["序号", "企业名称", "慰问职工数", "慰问金额", "←", "←"], [nil, nil, nil, "现金", "物资折款", "小计"],
        ["", "", "", "", "", ""],
        ["", "", "", "", "", ""], ["合计", "", "", "", "", ""],
      ]),
    ]
    let file = folder.url.appendingPathComponent("通知.docx")
    try Data(NoticeSample.word(notice)).write(to: file)
    let form = try loaded(LearnedCampaign(files: [file.path])).forms[0]
    #expect(form.fields.suffix(4).map(\.measure.unit) == ["人", "元", "元", "元"])
  }
}
