namespace ChatBotKit;

/// <summary>The body of operations that need none; it is sent as an empty JSON object.</summary>
public sealed record EmptyRequest;
