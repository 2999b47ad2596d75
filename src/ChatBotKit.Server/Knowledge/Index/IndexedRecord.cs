namespace ChatBotKit.Server.Knowledge;

/// <summary>A record of a dataset, as an index takes it in.</summary>
/// <param name="Id">The id of the record.</param>
/// <param name="Title">The title, such as the name of a file and the headings above the text; may be empty.</param>
/// <param name="Text">The text.</param>
internal sealed record IndexedRecord(string Id, string Title, string Text);
