/// Which day is serial 1 (ECMA-376 Part 1, 18.17.4.1).
public enum DateSystem: Hashable, Sendable {
  /// Serial 1 is 1900-01-01, and 1900 wrongly has a 29 February (serial 60): Excel's default.
  case excel1900
  /// Serial 0 is 1904-01-01: workbooks that come from old Macs.
  case excel1904
}
