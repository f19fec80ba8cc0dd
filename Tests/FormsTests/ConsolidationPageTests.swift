import Foundation
import Testing
import XLSX

@testable import Forms

/// `merge --report`: one page that shows what the workbook shows, and nothing that its files could smuggle in.
@Suite struct ConsolidationPageTests {
  private func page(_ language: Language = .chinese) -> String {
    Consolidation(report: ConsolidateSample.report, campaign: ConsolidateSample.campaign).page(
      language: language)
  }

  private func count(_ text: String, in page: String) -> Int { page.components(separatedBy: text).count - 1 }

  @Test("It needs nothing from anywhere: no script, no address, no font or picture of another file")
  func selfContained() {
    let page = page()
    for word in ["<script", "src=", "url(", "@import", "<iframe", "javascript:"] {
      #expect(!page.contains(word), "\(word)")
    }
    // The name of SVG, which nobody asks for, and nothing else.
    let addresses = page.components(separatedBy: "://").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(addresses) == ["www.w3.org/2000/svg"])
  }

  @Test("Its figures are the workbook's: 甲县 15+6 of 20, 105.0 %; who is missing is named")
  func figures() {
    let page = page()
    #expect(page.contains(">105.0% 21/20<"))
    #expect(page.contains("已报2/3"))
    #expect(page.contains("未报：丙区总工会"))
    #expect(page.contains("T02"))
    #expect(page.contains("收件/扫描.pdf"))
  }

  @Test("Headings head something: scopes, one h1, every chart with a title and a description of its own")
  func accessible() {
    let page = page()
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
    #expect(count("<h1", in: page) == 1)
    #expect(page.contains("<th scope=\"col\""))
    #expect(page.contains("<th scope=\"row\""))
    #expect(page.contains("scope=\"colgroup\""))
    let charts = count("<svg", in: page)
    #expect(charts > 0)
    #expect(count("role=\"img\"", in: page) == charts)
    #expect(count("<desc id=", in: page) == charts)
    let ids = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
  }

  @Test("In English the words are English and the campaign's names stay")
  func english() {
    let page = page(.english)
    #expect(page.contains("<html lang=\"en\">"))
    #expect(page.contains("Overview"))
    #expect(page.contains("C6 is blank; the total gives 1: please confirm"))
    #expect(page.contains("甲县总工会"))
    #expect(!page.contains("问题清单"))
  }

  @Test("The same report gives the same page")
  func deterministic() { #expect(page() == page()) }

  @Test(
    "What strangers write is text: markup, quotes, control characters and marks that turn the line around")
  func escaping() {
    var report = ConsolidateSample.report
    report.files[0].file = "收件/<img src=x onerror=alert(1)>.xlsx"
    report.submissions[0].filledBy = "\"><script>alert(1)</script>"
    report.findings[0].message = .init(zh: "甲\u{202E}乙\u{0}丙 & '丁'", en: "")
    let page = Consolidation(report: report, campaign: ConsolidateSample.campaign).page(language: .chinese)
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
    #expect(page.contains("甲\u{FFFD}乙\u{FFFD}丙 &amp; &#39;丁&#39;"))
  }

  @Test("A chart of two parts: its bars are as long as their figures, and written out")
  func chart() {
    let chart = BarChart(
      title: "比重", summary: "甲三成",
      series: [.init(name: "线上", color: "#111111"), .init(name: "线下", color: "#222222")],
      rows: [.init(label: "<甲>", parts: [0.25, 0.75], note: "1:3")], whole: 1)
    let svg = chart.figure(id: "c")
    // 780 less 190 on both sides is 400.
    #expect(svg.contains("width=\"100\""))
    #expect(svg.contains("width=\"300\""))
    #expect(svg.contains("&lt;甲&gt;"))
    #expect(svg.contains(">1:3<"))
    #expect(!svg.contains("<甲>"))
  }

  @Test("Lengths have one decimal at most, whatever the figure")
  func lengths() {
    #expect(
      [0, 1.25, -0.04, -2.36, 1e300, .nan].map(PageText.number) == ["0", "1.3", "0", "-2.4", "0", "0"])
  }
}
