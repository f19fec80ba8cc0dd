import Foundation

/// Judges submissions by the rule catalogue, with the parameters of a campaign.
///
///     let engine = RuleEngine(campaign: campaign, asOf: today)
///     engine.judge(&submission)   // fills `findings` and `derived`
///     engine.judge(&report)       // versions, who is missing, states of files
///
/// Made once per run: what each form's rules need is looked up beforehand.
public final class RuleEngine: Sendable {
  public let campaign: Campaign
  /// The day that counts as today: deadlines are held against it.
  public let asOf: CalendarDate
  /// Last year's figures; without them Y01–Y03 cannot judge.
  public let previous: PreviousFigures?
  let register: UnitRegister
  let plans: [String: FormPlan]
  let checks: CheckSet

  /// - Parameter register: The campaign's units, if they are prepared already.
  public init(
    campaign: Campaign, asOf: CalendarDate, previous: PreviousFigures? = nil, register: UnitRegister? = nil
  ) {
    self.campaign = campaign
    self.asOf = asOf
    self.previous = previous
    self.register = register ?? UnitRegister(campaign)
    // The loader has refused a campaign whose checks make no sense.
    checks = (try? CheckSet(campaign)) ?? CheckSet()
    plans = Dictionary(
      campaign.forms.map { ($0.id, FormPlan(form: $0, campaign: campaign)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Applies every rule about a single submission: fills ``Submission/findings`` and ``Submission/derived``, in place of
  /// what was there.
  ///
  /// - Complexity: O(fields) where nothing is wrong.
  public func judge(_ submission: inout Submission) {
    guard let plan = plans[submission.form] else { return }
    submission.unpack()
    var judge = SubmissionJudge(submission, plan: plan, engine: self)
    judge.judge()
    submission = judge.submission
    submission.findings = judge.findings
    submission.derived = judge.derived
  }
}
