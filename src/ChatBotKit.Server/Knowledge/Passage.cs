namespace ChatBotKit.Server.Knowledge;

/// <summary>A piece of text that can be found and quoted.</summary>
/// <param name="Source">Where it comes from, for people: a dataset's name, a file, <c>backstory</c>; may be empty.</param>
/// <param name="Text">The text.</param>
internal sealed record Passage(string Source, string Text);
