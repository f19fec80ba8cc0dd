import Foundation

extension CheckReport {
  /// The report as `check --format json` prints it: the keys, their order and their meaning are the command line's
  /// contract.
  ///
  /// - Parameter campaign: Gives each form's fields and their order. A form that it does not know is printed with the
  ///   fields that were read.
  /// - Parameter isMasked: Whether personal data are masked.
  public func json(campaign: Campaign, language: Language, isMasked: Bool = false) -> JSONValue {
    var tree = JSONTree()
    write(to: &tree, campaign: campaign, language: language) { tree, submissions, forms in
      tree.array(submissions) {
        $1.write(to: &$0, form: forms[$1.form], language: language, isMasked: isMasked)
      }
    }
    return tree.value
  }

  /// Writes the same as UTF-8, on one line without a line break at its end, piece by piece and on all cores: the memory
  /// that it takes does not grow with the report.
  public func writeJSON(
    campaign: Campaign, language: Language, isMasked: Bool = false,
    to output: @escaping (UnsafeRawBufferPointer) -> Void
  ) {
    var bytes = JSONBytes(output: output)
    write(to: &bytes, campaign: campaign, language: language) { bytes, submissions, forms in
      bytes.beginArray()
      let step = Self.submissionsAtOnce * Parallel.cores
      var start = 0
      while start < submissions.count {
        // A long list is written line by line: as one piece it may be larger than the file it came from.
        if submissions[start].isLongList {
          submissions[start].write(
            to: &bytes, form: forms[submissions[start].form], language: language, isMasked: isMasked)
          start += 1
          continue
        }
        let rest = submissions[start..<min(start + step, submissions.count)]
        let next = rest.firstIndex(where: \.isLongList) ?? rest.endIndex
        defer { start = next }
        Parallel.chunks(of: submissions[start..<next]) { chunk in
          // Some 2,500 bytes a form.
          var part = JSONBytes(capacity: chunk.count * 3_072)
          for submission in chunk {
            submission.write(
              to: &part, form: forms[submission.form], language: language, isMasked: isMasked)
          }
          return part.bytes
        } take: {
          bytes.append($0)
        }
      }
      bytes.endArray()
    }
    bytes.flush()
  }

  private static let submissionsAtOnce = 128

  private func write<Sink: JSONSink>(
    to sink: inout Sink, campaign: Campaign, language: Language,
    submissions writeSubmissions: (inout Sink, [Submission], [String: FormFieldList]) -> Void
  ) {
    let forms = Dictionary(
      campaign.forms.map { ($0.id, FormFieldList($0)) },
      uniquingKeysWith: { first, _ in first })
    sink.object { sink in
      sink.member("campaign", text: self.campaign)
      sink.member("asOf", text: asOf.description)
      sink.member("files") { $0.array(files) { $1.write(to: &$0, language: language) } }
      sink.member("submissions") { writeSubmissions(&$0, submissions, forms) }
      sink.member("findings") { $0.array(fileFindings) { $1.writeFree(to: &$0, language: language) } }
      sink.member("summary") { sink in
        let counts = findingCounts
        sink.object { sink in
          sink.member("files", number: Decimal(files.count))
          sink.member("submissions", number: Decimal(submissions.count))
          sink.member("errors", number: Decimal(counts.errors))
          sink.member("warnings", number: Decimal(counts.warnings))
          sink.member("infos", number: Decimal(counts.infos))
        }
      }
      for decision in decisions(language: language) {
        sink.member(decision.key) { decision.value.write(to: &$0) }
      }
    }
  }

  /// What became of the lists of decisions that were given: keys that are there only with the option.
  func decisions(language: Language) -> [JSONValue.Member] {
    guard let explanations else { return [] }
    return [.init("notes", .array(explanations.map { $0.json(language: language) }))]
  }

  /// What is wrong with whole files, each with its file's name, and with no file at all.
  var fileFindings: [Finding] {
    files.flatMap { file in
      file.findings.map { finding in
        var finding = finding
        finding.file = finding.file ?? file.file
        return finding
      }
    } + findings
  }
}

/// A form's fields, in its order.
struct FormFieldList: Sendable {
  let keys: [FieldKey]
  let fields: [Field]

  init(_ form: FormDefinition) {
    fields = form.fields
    keys = fields.map(\.key)
  }
}

extension InputFile {
  fileprivate func write(to sink: inout some JSONSink, language: Language) {
    sink.object { writeMembers(to: &$0, language: language) }
  }

  func writeMembers(to sink: inout some JSONSink, language: Language) {
    sink.member("file", text: file)
    sink.member("state", text: state.rawValue)
    sink.member("reason", text: reason.text(in: language))
    sink.member("format", text: format.rawValue)
    // Only of what came by mail.
    if let received { sink.member("received", text: received.description) }
  }
}

extension Submission {
  fileprivate var isLongList: Bool { list.map { $0.lines.count > 1_000 } ?? false }

  func json(form: FormDefinition?, language: Language) -> JSONValue {
    var tree = JSONTree()
    write(to: &tree, form: form.map { FormFieldList($0) }, language: language, isMasked: false)
    return tree.value
  }

  fileprivate func write(
    to sink: inout some JSONSink, form: FormFieldList?, language: Language, isMasked: Bool
  ) {
    sink.object { writeMembers(to: &$0, form: form, language: language, isMasked: isMasked) }
  }

  func writeMembers(
    to sink: inout some JSONSink, form: FormFieldList?, language: Language, isMasked: Bool
  ) {
    let readings = readings(of: form)
    sink.member("file", text: file)
    sink.member("sheet", text: sheet)
    sink.member("form", text: self.form)
    sink.member("unit", text: unit?.name)
    sink.member("unitAsWritten", text: unitAsWritten)
    sink.member("filledOn", text: filledOn?.description)
    sink.member("filledBy", text: filledBy)
    sink.member("phone", text: phone)
    sink.member("values") { sink in
      sink.object { sink in
        if let list { sink.member(ListRules.countKey.rawValue, number: Decimal(list.lines.count)) }
        for reading in readings {
          sink.member(reading.field.rawValue) {
            reading.value.write(to: &$0, type: nil, isMasked: isMasked)
          }
        }
      }
    }
    sink.member("cells") { sink in
      sink.object { sink in
        for reading in readings {
          if let cell = reading.cell { sink.member(reading.field.rawValue, text: cell.description) }
        }
      }
    }
    if let list, let form {
      sink.member("rows") { list.lines.write(to: &$0, sheet: sheet, form: form, isMasked: isMasked) }
    }
    sink.member("derived") { sink in
      sink.object { sink in
        if derived.isEmpty { return }
        for reading in readings {
          if let value = derived[reading.field] { sink.member(reading.field.rawValue, number: value) }
        }
      }
    }
    sink.member("findings") { $0.array(findings.inOrder()) { $1.write(to: &$0, language: language) } }
  }

  /// A reading for every field of the form, in its order; of a form that is not known, what was read.
  private func readings(of form: FormFieldList?) -> [Reading] {
    if let list { return list.totals }
    guard let keys = form?.keys else { return readings }
    // The reader gives every field, in the form's order; whoever does not is put in order here.
    if keys.count == readings.count, zip(keys, readings).allSatisfy({ $0 == $1.field }) { return readings }
    let byField = Dictionary(readings.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
    return keys.map { byField[$0] ?? Reading(field: $0, state: .missing) }
  }
}

extension Finding {
  /// A finding below its submission: always the same keys.
  fileprivate func write(to sink: inout some JSONSink, language: Language) {
    sink.object { sink in
      sink.member("rule", text: rule)
      sink.member("severity", text: severity.rawValue)
      sink.member("sheet", text: sheet)
      sink.member("cell", text: cell?.description)
      if let row { sink.member("row", number: Decimal(row)) }
      sink.member("field", text: field?.rawValue)
      sink.member("message", text: message.text(in: language))
      sink.member("found") { found.write(to: &$0) }
      sink.member("expected", number: expected)
      sink.member("candidates") { $0.array(candidates) { $1.write(to: &$0) } }
      writeNote(to: &sink)
    }
  }

  /// The key `note`, only where a 说明 releases the finding.
  private func writeNote(to sink: inout some JSONSink) {
    guard let note else { return }
    sink.member("note") { sink in
      sink.object {
        $0.member("text", text: note.text)
        $0.member("by", text: note.officer)
      }
    }
  }

  /// A finding that hangs at no submission: it says itself which file, form and unit it is about, and leaves out what
  /// does not apply.
  func freeJSON(language: Language) -> JSONValue {
    var tree = JSONTree()
    writeFree(to: &tree, language: language)
    return tree.value
  }

  func writeFree(to sink: inout some JSONSink, language: Language) {
    sink.object { writeFreeMembers(to: &$0, language: language) }
  }

  func writeFreeMembers(to sink: inout some JSONSink, language: Language) {
    sink.member("rule", text: rule)
    sink.member("severity", text: severity.rawValue)
    let texts = [
      ("file", file), ("form", form), ("unit", unit), ("sheet", sheet), ("cell", cell?.description),
      ("field", field?.rawValue),
    ]
    for (key, text) in texts where text != nil { sink.member(key, text: text) }
    if let row { sink.member("row", number: Decimal(row)) }
    sink.member("message", text: message.text(in: language))
    if found != nil { sink.member("found") { found.write(to: &$0) } }
    if let expected { sink.member("expected", number: expected) }
    if !candidates.isEmpty { sink.member("candidates") { $0.array(candidates) { $1.write(to: &$0) } } }
    writeNote(to: &sink)
  }
}

extension Finding.Value? {
  fileprivate func write(to sink: inout some JSONSink) {
    switch self {
    case .figure(let figure)?: sink.number(figure)
    case .text(let text)?: sink.string(text)
    case nil: sink.null()
    }
  }
}

extension Finding.Candidate {
  fileprivate func write(to sink: inout some JSONSink) {
    sink.object {
      $0.member("field", text: field.rawValue)
      if let text { $0.member("value", text: text) } else { $0.member("value", number: value) }
      $0.member("why", text: why)
      if let row { $0.member("row", number: Decimal(row)) }
    }
  }
}
