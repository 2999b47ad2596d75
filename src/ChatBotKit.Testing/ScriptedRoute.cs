namespace ChatBotKit.Testing;

/// <summary>A route: a verb, a path in which a part in braces matches any text, and the answers.</summary>
internal sealed class ScriptedRoute
{
    private readonly string _verb;
    private readonly string[] _parts;

    public ScriptedRoute(string name, Func<SentRequest, ScriptedAnswer> answer)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Split(' ') is not [{ Length: > 0 } verb, ['/', ..] path])
            throw new ArgumentException($"\"{name}\" is not a verb, a space and a path, such as \"POST /api/v1/bot/create\".", nameof(name));
        _verb = verb;
        _parts = path.Split('/');
        Name = name;
        Answer = answer;
    }

    public string Name { get; }

    public Func<SentRequest, ScriptedAnswer> Answer { get; }

    public bool Matches(SentRequest request)
    {
        var parts = request.Url.AbsolutePath.Split('/');
        return request.Method == _verb && parts.Length == _parts.Length && parts.Zip(_parts).All(Fits);
    }

    private static bool Fits((string Given, string Wanted) part) =>
        part.Wanted is ['{', .., '}'] ? part.Given.Length > 0 : part.Given == part.Wanted;
}
