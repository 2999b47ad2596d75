namespace BlazorChat;

/// <summary>What the assistant knows.</summary>
/// <param name="Text">The text.</param>
internal sealed record Knowledge(string Text);
