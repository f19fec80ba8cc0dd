import Testing

@testable import Forms
@testable import XLSX

/// Every sentence is in one language, and says the same in both.
@Suite struct WordingCatalogueTests {
  /// Words of Latin letters in a row that make a sentence, not a name such as Excel or WPS.
  private func hasEnglish(_ text: String) -> Bool {
    text.firstRange(of: #/\b[A-Za-z][a-z]+(?:[ ,][A-Za-z]+){2,}/#) != nil
  }

  private func hasChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { 0x4E00...0x9FFF ~= $0.value || "，。；：！？（）、".unicodeScalars.contains($0) }
  }

  @Test func everyRuleSpeaksBothLanguagesAndNeitherHalf() {
    for rule in RuleCatalogue.rules {
      let texts = [("summary", rule.summary)] + rule.messages.map { ($0.key, $0.value) }
      for (name, text) in texts {
        #expect(!text.chinese.isEmpty && !text.english.isEmpty, "\(rule.id) \(name)")
        #expect(!hasEnglish(text.chinese), "\(rule.id) \(name): \(text.chinese)")
        #expect(!hasChinese(text.english), "\(rule.id) \(name): \(text.english)")
        #expect(
          MessageTemplate.placeholders(in: text.chinese) == MessageTemplate.placeholders(in: text.english),
          "\(rule.id) \(name): the blanks differ")
      }
    }
  }

  @Test func everyReasonForAFileSpeaksBothLanguages() {
    for format in FileFormat.allCases {
      var texts = [format.word, FileReason.received(nil, format), FileReason.scan(format)]
      if let problem = IntakeProblem(unreadable: format, bytes: []) {
        texts += [problem.why] + [problem.advice].compactMap(\.self)
        let isTold = problem.advice != nil || problem.why.chinese.contains("请")
        #expect(isTold, "\(format): what to do is not said")
        #expect(
          format == .encrypted
            || !(problem.why.chinese + (problem.advice?.chinese ?? "")).contains("密码"),
          "\(format): only an encrypted file has a password")
      }
      for text in texts {
        #expect(!hasEnglish(text.chinese), "\(format): \(text.chinese)")
        #expect(!hasChinese(text.english), "\(format): \(text.english)")
      }
    }
  }

  @Test(arguments: [
    XLSXError.Code.fileAccess, .emptyFile, .notASpreadsheet, .encrypted, .legacyFormat, .damagedArchive,
    .missingPart, .malformedPart, .limitExceeded, .noSuchSheet, .invalidContent, .unsupportedChange,
    .init(rawValue: "another"),
  ])
  func anErrorOfTheLibraryIsNeverHalfEnglish(code: XLSXError.Code) {
    let error = XLSXError(
      code, "Something that nobody translated was found in it.", cause: "Opening and ending tag mismatch")
    #expect(!hasEnglish(error.sentence.chinese))
    #expect(error.sentence.english == error.message)
    #expect(error.causeText?.chinese == "")
    #expect(error.localizedDescription == error.description)
  }

  @Test func whatEditRefusesIsSaidWithItsParticulars() {
    let error = XLSXError(.invalidContent, "The cell is hidden in the merged range A1:B2; write to A1.")
    #expect(error.sentence.chinese == "该格在合并区域A1:B2之内，看不见；请写到A1")
  }

  @Test func whyAFormulaIsNotCheckedIsChinese() {
    for error: FormulaError in [
      .circular, .unsupported("function CUBEVALUE"), .unsupported("a union of more than 1024 ranges"),
      .tooComplex("the formula is nested too deep"), .syntax("unexpected end", offset: 4),
    ] {
      let reason = FormulaErrorText.reason(error.description)
      #expect(!hasEnglish(reason.chinese), "\(reason.chinese)")
    }
    #expect(
      FormulaErrorText.reason(FormulaError.unsupported("function CUBEVALUE").description).chinese
        == "暂不能计算函数CUBEVALUE")
  }
}
