/// A document that units owe beside the forms: an 实施方案 by a day, a 总结 with a form. Its content is nobody's business
/// here; whether it came is.
public struct DueDocument: Hashable, Sendable {
  public var name: String
  /// The last day on which it may come.
  public var deadline: CalendarDate
  /// The id of the form that it comes with.
  public var form: String?
  /// The formats in which it may come, by their names; empty for any that a document comes in.
  public var kinds: [String]
  /// Words of which a file's name has one.
  public var words: [String]
  /// The codes of the units that owe it.
  public var dueFrom: [String]
  /// Whether ``deadline`` is its own, and not that of the form that it comes with.
  public var hasOwnDeadline: Bool

  public init(
    name: String, deadline: CalendarDate, form: String? = nil, kinds: [String] = [], words: [String] = [],
    dueFrom: [String] = [], hasOwnDeadline: Bool = false
  ) {
    self.hasOwnDeadline = hasOwnDeadline
    self.name = name
    self.deadline = deadline
    self.form = form
    self.kinds = kinds
    self.words = words
    self.dueFrom = dueFrom
  }
}

extension DueDocument {
  /// How `deadlines:` names one of several documents of a name: `活动总结（附件2）`.
  static func key(_ name: String, form label: String?) -> String {
    LabelText.key(label.map { "\(name)（\($0)）" } ?? name)
  }
}

extension Campaign {
  /// How `deadlines:` names a document: by its name, with its form where several have that name.
  public func deadlineName(of document: DueDocument) -> String {
    guard dueDocuments.count(where: { $0.name == document.name }) > 1,
      let label = document.form.flatMap({ form($0) })?.label
    else { return document.name }
    return "\(document.name)（\(label)）"
  }
}

extension CampaignLoader {
  /// `documents:` as a list:
  ///
  ///     documents:
  ///       - {name: 实施方案, deadline: 2024-04-20, kinds: [docx, pdf], words: [方案]}
  ///       - {name: 活动总结, with: 附件2}
  ///
  /// The uppermost list counts. `with` names a form, whose units and deadline are the document's. The deadlines of a file
  /// at the list's level or above may name a document as they name a form: `deadlines: {实施方案: 2024-04-25}`.
  func readDueDocuments(forms: [FormDefinition]) throws -> [DueDocument] {
    guard let (position, list) = dueDocumentList else { return [] }
    let days = try documentDeadlines(from: position)
    // A campaign above that is about another year asks for none of them until it says by when.
    let isTakenOver = layers[(position + 1)...].contains { $0.map["year"] != nil }
    var documents: [DueDocument] = []
    for node in try list.list() {
      let map = try node.mapping(keys: ["name", "deadline", "with", "kinds", "words", "dueFrom"])
      var form: FormDefinition?
      if let with = map["with"] {
        let name = try with.string()
        let key = LabelText.key(name)
        form = forms.first { $0.id == name || LabelText.key($0.label) == key }
        if form == nil { throw with.error(zh: "没有“\(name)”表", en: "there is no form \"\(name)\"") }
      }
      let name = try map.required("name").string()
      let day = days[DueDocument.key(name, form: form?.label)] ?? days[LabelText.key(name)]
      if day == nil, isTakenOver, let own = try map["deadline"]?.date(), !fitsYear(own) { continue }
      guard let deadline = try (day ?? map["deadline"]).map(deadline) ?? form?.deadline else {
        throw node.error(
          zh: "“\(name)”没有期限：请写 deadline，或用 with 写明随哪张表报送",
          en: "\"\(name)\" has no deadline; give one, or say in with which form it comes with")
      }
      let due = try map["dueFrom"].map(unitCodes) ?? form?.dueFrom
      let all = units.map(\.code).filter { !outsideUnits.contains($0) }
      let words = try map["words"]?.strings() ?? [name]
      guard !documents.contains(where: { $0.name == name && $0.form == form?.id }) else {
        throw node.error(zh: "“\(name)”写了两次", en: "\"\(name)\" is there twice")
      }
      documents.append(
        DueDocument(
          name: name, deadline: deadline, form: form?.id,
          kinds: try map["kinds"]?.strings().map { $0.lowercased() } ?? [],
          words: words.map { LabelText.key($0) }, dueFrom: due ?? all,
          hasOwnDeadline: day != nil || map["deadline"] != nil))
    }
    return documents
  }

  /// The list that counts, and the layer that it is in.
  private var dueDocumentList: (layer: Int, list: YAMLNode)? {
    layers.lastIndex { $0.map["documents"]?.isSequence == true }.flatMap { position in
      layers[position].map["documents"].map { (position, $0) }
    }
  }

  /// What documents are called under `deadlines:`.
  func dueDocumentKeys(forms: [FormDefinition]) -> Set<String> {
    guard let items = try? dueDocumentList?.list.list() else { return [] }
    let names = items.compactMap { try? $0.mapping()["name"]?.string() }
    return Set(
      names.flatMap { name in [LabelText.key(name)] + forms.map { DueDocument.key(name, form: $0.label) } })
  }

  /// A day that was taken over from another year's campaign counts as none.
  private func documentDeadlines(from first: Int) throws -> [String: YAMLNode] {
    let ofYear = layers.lastIndex { $0.map["year"] != nil } ?? first
    var days: [String: YAMLNode] = [:]
    for (index, layer) in layers.enumerated().dropFirst(first) {
      for (name, day) in try layer.map["deadlines"]?.mapping().pairs ?? [] {
        if index < ofYear, let date = try? day.date(), !fitsYear(date) { continue }
        days[LabelText.key(name)] = day
      }
    }
    return days
  }
}
