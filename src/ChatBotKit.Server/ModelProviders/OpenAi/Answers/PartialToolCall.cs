using System.Text;
using System.Text.Json;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>A tool call that comes in fragments.</summary>
internal sealed class PartialToolCall(int index)
{
    private readonly StringBuilder _arguments = new();
    private readonly TextJoiner _joiner = new();
    private FieldCollector? _fields;
    private string? _id;
    private string? _name;
    private int _lastFragment;

    public int Index { get; } = index;

    /// <summary>Whether nothing was said of it: some servers send an empty call with every text.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_id) && string.IsNullOrEmpty(_name) && _arguments.Length == 0;

    /// <summary>How much memory it takes, in characters.</summary>
    public long Characters => _arguments.Length + (_fields?.Characters ?? 0);

    public bool HasId(string? id) => !string.IsNullOrEmpty(id) && id == _id;

    /// <summary>
    /// Whether a fragment begins another call, although its number or its place says that it goes on with this one. Several
    /// servers give every call the number 0.
    /// </summary>
    public bool EndsBefore(in ToolCallFragment fragment)
    {
        // Only a name begins a call; an id without one is a new id for the same call, which some servers make for each fragment.
        if (string.IsNullOrEmpty(fragment.Name) || string.IsNullOrEmpty(_name))
            return false;
        var goesOn = fragment.Arguments is { Length: > 0 } && !Begins(fragment.Arguments);
        if (goesOn && _arguments.Length > 0 && !IsComplete())
            return false;
        if (fragment.Name != _name)
            return true;
        return string.IsNullOrEmpty(fragment.Id) || string.IsNullOrEmpty(_id)
            ? fragment.Arguments is { Length: > 0 } && !goesOn && IsComplete()
            : fragment.Id != _id;
    }

    public void Add(in ToolCallFragment fragment)
    {
        // The first one counts, because some providers repeat id and name in each fragment.
        if (string.IsNullOrEmpty(_id))
            _id = fragment.Id;
        if (string.IsNullOrEmpty(_name))
            _name = fragment.Name;
        if (fragment.Arguments is { Length: > 0 })
        {
            _lastFragment = _arguments.Length;
            _arguments.Append(_joiner.Add(fragment.Arguments, fragment.IsEscaped));
        }

        foreach (var (name, json) in fragment.Fields ?? [])
            (_fields ??= new FieldCollector()).Add(name, json);
    }

    /// <param name="isTaken">Whether another call of the answer has this id: each gets its answer by its id.</param>
    /// <exception cref="FormatException">It has no name.</exception>
    public ModelToolCall ToToolCall(Func<string, bool> isTaken)
    {
        if (string.IsNullOrEmpty(_name))
            throw new FormatException("A tool call has no name.");
        var id = string.IsNullOrEmpty(_id) || isTaken(_id) ? $"call_{Guid.NewGuid():n}" : _id;
        return new ModelToolCall(id, _name, JsonEscapes.Mend(Arguments())) { Fields = _fields?.ToJson() };
    }

    private string Arguments()
    {
        _arguments.Append(_joiner.End());
        var all = _arguments.ToString();
        if (string.IsNullOrWhiteSpace(all))
            return "{}";
        // Some servers say everything again in each fragment, or once more at the end.
        return _lastFragment > 0 && !IsObject(all) && IsObject(all[_lastFragment..]) ? all[_lastFragment..] : all;
    }

    private bool IsComplete() => _arguments.Length > 0 && _arguments[^1] == '}' && IsObject(_arguments.ToString());

    private static bool Begins(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private static bool IsObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
