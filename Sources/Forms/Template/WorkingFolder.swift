import Foundation

/// The folder in which an office works through a year: the campaign, and a place for each step.
public enum WorkingFolder {
  /// The campaign file of a working folder.
  public static let campaignFile = "活动.yaml"
  public static let blanks = "空白表"
  public static let inbox = "收件"
  public static let returned = "退回"
  public static let merged = "汇总"
}
