using System.Buffers;

namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// The names under which a provider gets the tools of one request. Providers accept 1 to 64 letters, digits, underscores and
/// dashes. Any other name, even one that occurs only in the history, is replaced with an allowed one and restored in the answer.
/// </summary>
internal sealed class ToolNames
{
    private const int MaxLength = 64;

    private static readonly SearchValues<char> Allowable =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private static readonly ToolNames Unchanged = new();

    private readonly Dictionary<string, string> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);

    private ToolNames()
    {
    }

    public static ToolNames Of(ModelRequest request)
    {
        // In most requests there are no tools, or all their names are allowed.
        if (AreAllAllowed(request))
            return Unchanged;
        var names = request.Tools.Select(tool => tool.Name)
            .Concat(request.Messages.SelectMany(message => message.ToolCalls).Select(call => call.Name))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var taken = names.Where(IsAllowed).ToHashSet(StringComparer.Ordinal);
        var changed = new ToolNames();
        foreach (var name in names.Where(name => !IsAllowed(name)))
            changed.Add(name, Free(Allowed(name), taken));
        return changed;
    }

    /// <summary>Returns the name that is sent for a tool.</summary>
    public string Sent(string name) => _sent.GetValueOrDefault(name, name);

    /// <summary>Restores the original name of the tool in an event.</summary>
    public ModelEvent Restore(ModelEvent said) =>
        said.ToolCall is { } call && _own.TryGetValue(call.Name, out var own) ? ModelEvent.OfToolCall(call with { Name = own }) : said;

    private static bool AreAllAllowed(ModelRequest request)
    {
        for (var i = 0; i < request.Tools.Count; i++)
        {
            if (!IsAllowed(request.Tools[i].Name))
                return false;
        }

        for (var i = 0; i < request.Messages.Count; i++)
        {
            var calls = request.Messages[i].ToolCalls;
            for (var j = 0; j < calls.Count; j++)
            {
                if (!IsAllowed(calls[j].Name))
                    return false;
            }
        }

        return true;
    }

    private void Add(string name, string sent)
    {
        _sent.Add(name, sent);
        _own.Add(sent, name);
    }

    // Some providers refuse a name that begins with a digit or a dash.
    private static bool IsAllowed(string name) =>
        name.Length is > 0 and <= MaxLength && name[0] != '-' && !char.IsAsciiDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(Allowable);

    private static string Allowed(string name)
    {
        var allowed = string.Concat(name.Select(character => Allowable.Contains(character) ? character : '_'));
        if (allowed.Length == 0 || allowed[0] == '-' || char.IsAsciiDigit(allowed[0]))
            allowed = "f_" + allowed;
        return allowed.Length <= MaxLength ? allowed : allowed[..MaxLength];
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            var suffix = $"_{number}";
            free = name[..Math.Min(name.Length, MaxLength - suffix.Length)] + suffix;
        }

        return free;
    }
}
