/// D03 for documents beside the forms: which of them came, known by name and kind alone, and who has not sent them.
extension ReportJudge {
  mutating func judgeDocuments() {
    let due = campaign.dueDocuments
    guard !due.isEmpty else { return }
    for file in report.files {
      let found = documents(named: file)
      guard !found.isEmpty else { continue }
      let units = engine.register.find(inFileName: file.file)
      guard units.count == 1 else { continue }
      for document in found {
        report.documents.append(ReceivedDocument(document: document, unit: units[0].code, file: file.file))
      }
    }
    var received: Set<Obligation> = []
    for document in report.documents {
      received.insert(Obligation(form: String(document.document), unit: document.unit))
    }
    for (index, document) in due.enumerated() where engine.asOf > document.deadline {
      for code in document.dueFrom where !received.contains(Obligation(form: String(index), unit: code)) {
        guard let unit = tree.unit(code) else { continue }
        report.findings.append(
          RuleCatalogue.finding(
            "D03", "document", severity: .warning, form: document.form, unit: unit.name,
            [
              "unit": MessageValue(unit.name), "document": MessageValue(document.name),
              "deadline": MessageValue(document.deadline),
            ]))
      }
    }
  }

  /// The documents that a file can be, by the words of its name or of the folder or archive that it lies in; of several
  /// the ones that its name says most of.
  private func documents(named file: InputFile) -> [Int] {
    guard campaign.dueDocuments.contains(where: { $0.takes(file.format) }) else { return [] }
    let parts = file.file.dropFirst(rootLength(of: file.file)).split(separator: "/").suffix(2)
    let names = parts.map { LabelText.key($0) }
    guard !names.isEmpty else { return [] }
    let forms = campaign.forms.filter { form in
      Self.names(form, in: file.file) || names.contains { $0.contains(LabelText.key(form.title)) }
    }
    var best = 0
    var found: [Int] = []
    for (index, document) in campaign.dueDocuments.enumerated() where document.takes(file.format) {
      guard forms.isEmpty || document.form == nil || forms.contains(where: { $0.id == document.form }) else {
        continue
      }
      let said = document.words.filter { word in names.contains { $0.contains(word) } }
      guard !said.isEmpty else { continue }
      let isNamed = names.contains { $0.contains(LabelText.key(document.name)) }
      let weight = (said.map(\.count).reduce(0, +)) + (isNamed ? 100 : 0)
      if weight > best {
        best = weight
        found = [index]
      } else if weight == best {
        found.append(index)
      }
    }
    return found
  }

  /// The length of the folders above the one that was named.
  private func rootLength(of file: String) -> Int {
    engine.register.inputRoots.first { file.hasPrefix($0) }?.count ?? 0
  }
}

extension DueDocument {
  /// How `kinds` may name pictures.
  private static let pictures: Set<String> = ["image", "png", "jpg", "jpeg", "图片", "照片"]

  /// Whether a file of this format can be it.
  func takes(_ format: FileFormat) -> Bool {
    guard kinds.isEmpty else {
      return kinds.contains(format.rawValue)
        || (format == .image && kinds.contains(where: Self.pictures.contains))
    }
    return format != .csv && (format.isText || format.isScan)
  }
}
