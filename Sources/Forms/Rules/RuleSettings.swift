/// The parameters of the rules for one form: the `rules:` section of its definition.
public struct RuleSettings: Hashable, Sendable {
  public init() {}
}
