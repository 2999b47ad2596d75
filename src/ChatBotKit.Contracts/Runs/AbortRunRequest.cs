namespace ChatBotKit;

/// <summary>Ends a run before its time. The body has no fields so far.</summary>
public sealed record AbortRunRequest;
