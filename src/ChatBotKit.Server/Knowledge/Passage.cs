namespace ChatBotKit.Server.Knowledge;

/// <summary>A piece of text that can be found and quoted.</summary>
/// <param name="Source">The origin to show to people: the name of a dataset, a file, or <c>backstory</c>; may be empty.</param>
/// <param name="Text">The text.</param>
internal sealed record Passage(string Source, string Text);
