namespace ChatBotKit.AdminConsole.Plots;

/// <summary>A number of a thing.</summary>
/// <param name="Name">The name of the thing.</param>
/// <param name="Value">The number.</param>
/// <param name="Path">The path of the page of the thing; null when it has none.</param>
public sealed record Bar(string Name, long Value, string? Path);
