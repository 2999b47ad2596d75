namespace ChatBotKit;

/// <summary>A path of the API made from a template; the ids are escaped, so that none of them can leave its segment.</summary>
internal readonly struct Route
{
    public Route(string template, params IReadOnlyList<KeyValuePair<string, string>> values)
    {
        Template = template;
        Values = values;
        Path = Expand(template, values);
    }

    public string Template { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    public string Path { get; }

    public static Route OfConversation(string operation, string conversationId) =>
        new($"/api/v1/conversation/{{conversationId}}/{operation}", Id("conversationId", conversationId));

    public static Route OfMessage(string operation, string conversationId, string messageId) =>
        new(
            $"/api/v1/conversation/{{conversationId}}/message/{{messageId}}/{operation}",
            Id("conversationId", conversationId),
            Id("messageId", messageId));

    public static Route OfRun(string operation, string conversationId, string runId) =>
        new(
            $"/api/v1/conversation/{{conversationId}}/run/{{runId}}/{operation}",
            Id("conversationId", conversationId),
            Id("runId", runId));

    public static Route OfChannel(string operation, string channelId) =>
        new($"/api/v1/channel/{{channelId}}/{operation}", Id("channelId", channelId));

    public static string Expand(string template, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
            template = template.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
        return template;
    }

    // A dot segment survives escaping and would be resolved away, which changes the route.
    private static KeyValuePair<string, string> Id(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        if (value is "." or "..")
            throw new ArgumentException("An id must not be a dot segment.", name);
        return KeyValuePair.Create(name, value);
    }
}
