namespace ChatBotKit;

/// <summary>A request to abort a run. The body has no fields so far.</summary>
public sealed record AbortRunRequest;
