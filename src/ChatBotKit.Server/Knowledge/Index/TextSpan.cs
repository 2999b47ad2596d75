namespace ChatBotKit.Server.Knowledge;

/// <summary>A part of a text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="Length">The number of its characters.</param>
internal readonly record struct TextSpan(int Start, int Length);
