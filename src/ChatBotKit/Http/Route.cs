namespace ChatBotKit;

/// <summary>A path of the API, built from a template. Ids are escaped, so that none of them can leave its segment.</summary>
internal readonly struct Route
{
    // This is the only placeholder that matches several segments.
    private const string FilePath = "path";

    public Route(string template, params IReadOnlyList<KeyValuePair<string, string>> values)
    {
        Template = template;
        Values = values;
        Path = Expand(template, values);
    }

    public string Template { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    public string Path { get; }

    /// <summary>Replaces the names in braces in <paramref name="template"/> by the ids, in order.</summary>
    public static Route Of(string template, params ReadOnlySpan<string> ids)
    {
        var values = new KeyValuePair<string, string>[ids.Length];
        var end = -1;
        for (var i = 0; i < ids.Length; i++)
        {
            var start = template.IndexOf('{', end + 1) + 1;
            end = template.IndexOf('}', start);
            values[i] = Id(template[start..end], ids[i]);
        }

        return new Route(template, values);
    }

    public static Route OfConversation(string operation, string conversationId) =>
        Of($"/api/v1/conversation/{{conversationId}}/{operation}", conversationId);

    public static Route OfMessage(string operation, string conversationId, string messageId) =>
        Of($"/api/v1/conversation/{{conversationId}}/message/{{messageId}}/{operation}", conversationId, messageId);

    public static Route OfSession(string operation, string conversationId, string sessionId) =>
        Of($"/api/v1/conversation/{{conversationId}}/session/{{sessionId}}/{operation}", conversationId, sessionId);

    public static Route OfRun(string operation, string conversationId, string runId) =>
        Of($"/api/v1/conversation/{{conversationId}}/run/{{runId}}/{operation}", conversationId, runId);

    public static Route OfChannel(string operation, string channelId) =>
        Of($"/api/v1/channel/{{channelId}}/{operation}", channelId);

    public static string Expand(string template, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
            template = template.Replace($"{{{name}}}", Escape(name, value), StringComparison.Ordinal);
        return template;
    }

    // A path of a file contains the slashes of the route. An id does not.
    private static string Escape(string name, string value) =>
        name == FilePath ? string.Join('/', value.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(value);

    // Escaping does not change a dot segment, which would be resolved and change the route.
    private static KeyValuePair<string, string> Id(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        if (name == FilePath)
            value = value.Trim('/');
        if ((name == FilePath ? value.Split('/') : [value]).Any(segment => segment is "" or "." or ".."))
            throw new ArgumentException("An id or a part of a path must not be empty or a dot segment.", name);
        return KeyValuePair.Create(name, value);
    }
}
