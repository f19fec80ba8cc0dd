import XLSX

extension CampaignLoader {
  /// `blank: 空白表.xlsx` of a form's file: the office's own workbook, beside the campaign's files. One that lacks a heading of
  /// its form is refused.
  func readBlanks(forms: [FormDefinition], places: [YAMLNode]) throws -> [String: OfficeBlank] {
    guard let source = value("forms")?.layer.source else { return [:] }
    var blanks: [String: OfficeBlank] = [:]
    for (form, place) in zip(forms, places) {
      guard let node = try place.mapping()["blank"] else { continue }
      let name = try node.string()
      let blank = try source.workbook(name, namedBy: node)
      let missing: Heading?
      do {
        missing = try blank.missingHeading(of: form)
      } catch {
        throw node.error(
          zh: "“\(name)”不是能打开的 .xlsx 工作簿", en: "\"\(name)\" is no .xlsx workbook that can be opened")
      }
      if let missing {
        throw node.error(
          zh: "空白表“\(name)”里没有“\(missing.name)”，表头应与空白表一致（叫法不同的写进 aliases）",
          en:
            "the blank \"\(name)\" has no \"\(missing.name)\"; headings must be those of the blank (other words go into aliases)"
        )
      }
      blanks[form.id] = blank
    }
    return blanks
  }
}
