namespace ChatBotKit;

/// <summary>A request to end a run before its time. The body has no fields so far.</summary>
public sealed record AbortRunRequest;
