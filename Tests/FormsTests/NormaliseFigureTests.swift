import Foundation
import Testing

@testable import Forms

@Suite("Figures as people write them")
struct NormaliseFigureTests {
  private static let people = Measure(unit: "人", unitAliases: ["人次", "名"])
  private static let sessions = Measure(unit: "场")
  private static let articles = Measure(unit: "篇次")
  private static let coverage = Measure(unit: "万人次", scale: 10_000, baseUnit: "人次", decimals: 4)

  private func figure(_ text: String, _ measure: Measure = people) -> Decimal? {
    guard case .figure(let figure) = FigureText.read(text, measure: measure).state else { return nil }
    return figure
  }

  private func candidates(_ text: String, _ measure: Measure = people) -> [Decimal]? {
    guard case .notANumber(let candidates)? = FigureText.read(text, measure: measure).notes.first else {
      return nil
    }
    return candidates
  }

  @Test(
    "text that is exactly one number is read, and noted",
    arguments: [
      ("12", 12), ("１２", 12), (" 1 2 ", nil), ("1,200", 1200), ("１，２００", 1200), ("1，200", 1200),
      ("1 200", 1200),
      ("1,234,567", 1_234_567), ("'12", 12), ("+12", 12), ("12。", 12), ("12.", 12), ("012", 12),
      ("1.2E3", 1200),
      ("1.2e+3", 1200), ("12.0", 12), ("300人次", 300), ("300 人", 300), ("300名", 300), ("300个", 300),
      ("共300人", 300),
      ("1.2万", 12_000), ("1.2万人", 12_000), ("1.2 万人次", 12_000), ("1.2w", 12_000), ("3k", 3000), ("2百", 200),
      ("3千", 3000), ("1万2千", 12_000), ("1万2000", 12_000), ("3百20", 320), ("3千5", 3500), ("0.5万", 5000),
      ("三百二十", 320), ("两百", 200), ("〇", 0), ("零", 0), ("一千零五", 1005), ("廿", 20), ("廿五", 25), ("卅", 30),
      ("壹贰叁", 123),
      ("壹佰贰拾叁", 123), ("十二", 12), ("二十", 20), ("十", 10), ("一百一十二", 112), ("三百二", 320), ("两万三", 23_000),
      ("一千二百", 1200), ("二〇二四", 2024), ("一点二万", 12_000), ("一万二千三百四十五人", 12_345), ("萬", 10_000),
      ("-5", -5), ("－5", -5), ("(5)", -5), ("负5", -5), ("−5", -5), ("1。5", 1.5), ("12（人）", 12),
      ("1,200.5", Decimal(string: "1200.5")),
    ] as [(String, Decimal?)])
  func plain(text: String, expected: Decimal?) {
    #expect(figure(text) == expected)
    if expected != nil { #expect(FigureText.read(text, measure: Self.people).notes == [.normalised]) }
  }

  @Test(
    "words and strokes for nothing are zero",
    arguments: ["无", "/", "／", "—", "——", "-", "－", "零", "没有", "未开展", " 无 ", "零人", "0人", "无人次", "--", "暂无"])
  func zero(text: String) {
    #expect(FigureText.read(text, measure: Self.people) == FigureReading(.figure(0), notes: [.normalised]))
  }

  @Test(
    "approximate figures keep their figure and say so",
    arguments: [
      "约300", "300余", "300多人", "近300", "300+", "300人左右", "300以上", "不少于300", ">300", "＞300", "300余人次",
      "约 300 人", "三百余人",
      "300人次以上", "~300", "300（约）", "大约300人", "300来人", "3百多",
    ])
  func approximate(text: String) {
    #expect(FigureText.read(text, measure: Self.people) == FigureReading(.figure(300), notes: [.approximate]))
  }

  @Test(
    "what is not one number is unreadable, with what it may mean",
    arguments: [
      ("60→65", [60, 65]), ("12/3", [12, 3]), ("3-5", [3, 5]), ("1,2", [12, 1.2]), ("线上3线下5", [3, 5, 8]),
      ("3+5", [3, 5, 8]),
      ("3、5", [3, 5, 8]), ("若干", []), ("50%", [50]), ("12场", [12]), ("第3次", [3]), ("三五人", [35]), ("—5", [5]),
      ("见附件", []),
      ("2024-11-18", [2024, 11, 18]), ("1.2.3", []), ("TRUE", []), ("1,2000", [12_000, 1.2]),
      ("12345678901234567890", []),
    ] as [(String, [Decimal])])
  func unreadable(text: String, expected: [Decimal]) {
    #expect(FigureText.read(text, measure: Self.people).state == .unreadable)
    #expect(candidates(text) == expected)
  }

  @Test("two figures of media reports offer each and their sum")
  func mediaReports() {
    #expect(candidates("省级2篇市级3篇", Self.articles) == [2, 3, 5])
    #expect(figure("19篇", Self.articles) == 19)
    #expect(figure("19篇次", Self.articles) == 19)
    #expect(figure("19人", Self.articles) == nil)
    #expect(figure("9场次", Self.sessions) == 9)
    #expect(figure("十二场", Self.sessions) == 12)
  }

  @Test("a column of 万人次 takes its own unit, and converts people exactly")
  func coverageUnits() {
    #expect(figure("0.4942", Self.coverage) == Decimal(string: "0.4942"))
    #expect(figure("0.8万人次", Self.coverage) == Decimal(string: "0.8"))
    #expect(figure("0.8万", Self.coverage) == Decimal(string: "0.8"))
    #expect(figure("0.8万人", Self.coverage) == Decimal(string: "0.8"))
    #expect(figure("8000人次", Self.coverage) == Decimal(string: "0.8"))
    #expect(figure("8000", Self.coverage) == 8000)
    #expect(figure("8千人", Self.coverage) == Decimal(string: "0.8"))
    #expect(figure("约0.35万人次", Self.coverage) == Decimal(string: "0.35"))
    #expect(figure("零点五七", Self.coverage) == Decimal(string: "0.57"))
    #expect(figure("一点二", Self.coverage) == Decimal(string: "1.2"))
    #expect(figure("八百", Self.coverage) == nil)
    #expect(figure("3场", Self.coverage) == nil)
  }

  @Test("cells that hold no text are read by what they are")
  func otherCells() {
    #expect(FigureText.read(.number(Decimal(string: "0.57") ?? 0), measure: Self.coverage).notes.isEmpty)
    #expect(FigureText.read(.blank, measure: Self.people) == FigureReading(.blank))
    #expect(FigureText.read(.text(" \u{200B}　\u{FEFF}"), measure: Self.people) == FigureReading(.blank))
    #expect(FigureText.read(.text("#REF!"), measure: Self.people).notes == [.error("#REF!")])
    #expect(FigureText.read(.error("#DIV/0!"), measure: Self.people).notes == [.error("#DIV/0!")])
    #expect(FigureText.read(.bool(true), measure: Self.people).state == .unreadable)
  }

  @Test("two lines with a figure each are two figures, not one of all their digits")
  func linesInOneCell() {
    #expect(figure("25\n100") == nil && candidates("25\n100") == [25, 100])
    #expect(figure("25\r\n 100") == nil)
    #expect(figure("120\n场", Self.sessions) == 120 && figure("\n120\n") == 120)
  }
}
