import Testing

@testable import huizong

@Suite("Manual page")
struct ManualPageTests {
  @Test(
    "The page names every command and every option of its help, in both languages",
    arguments: Language.allCases)
  func pageIsComplete(language: Language) {
    let page = ManualPage(language: language).text
    for help in CommandHelp.all {
      #expect(page.contains(ManualPage.escaped("huizong " + help.usage.text(in: language))))
      for entry in help.options { #expect(page.contains(ManualPage.escaped(entry.name.text(in: language)))) }
    }
  }

  @Test("A line that begins like a request of roff is text")
  func requestsAreText() {
    #expect(ManualPage.escaped(".xlsx --raw") == "\\&.xlsx \\-\\-raw")
    #expect(ManualPage.escaped("'text") == "\\&'text")
    #expect(ManualPage.escaped(#"a\b"#) == #"a\eb"#)
  }

  @Test("Only --generate-man-page in front asks for the page")
  func onlyTheOptionAsks() {
    #expect(ManualPage.requested(by: ["check", "--generate-man-page"]) == nil)
    #expect(ManualPage.requested(by: ["--generate-man-page"])?.language == .chinese)
    #expect(ManualPage.requested(by: ["--generate-man-page", "en"])?.language == .english)
  }
}
