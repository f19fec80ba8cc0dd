/// The measures that everybody knows, 元 and 万元 and 人次 among them: `Templates/measures.yaml`.
enum UsualMeasures {
  /// Their settings by their names.
  static let settings: [String: YAMLNode] =
    YAMLReader.builtin("measures.yaml") { Dictionary(uniqueKeysWithValues: try $0.mapping().pairs) } ?? [:]
  /// Their names as texts are compared.
  static let keys = Set(settings.keys.map { LabelText.key($0) })
}
