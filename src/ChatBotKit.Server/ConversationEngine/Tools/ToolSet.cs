using System.Text.Json;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The tools of a run, by name.</summary>
internal sealed class ToolSet
{
    /// <summary>The tool that searches the texts of the request and the dataset.</summary>
    public const string SearchName = "query";

    /// <summary>The maximum number of functions of a run. Further abilities are left out first.</summary>
    public const int MaxFunctions = 100;

    private static readonly JsonElement SearchParameters = JsonDocument.Parse(
        """{"type":"object","properties":{"search":{"type":"string","description":"What to look for, in words."}},"required":["search"]}""")
        .RootElement;

    private static readonly Dictionary<string, EngineFunction> None = [];

    private readonly Dictionary<string, EngineFunction> _byName;

    /// <param name="input">The run.</param>
    /// <param name="isSearchable">Whether there is something to search.</param>
    /// <param name="abilities">The functions that the server executes. They precede functions of the request with the same name.</param>
    public ToolSet(RunInput input, bool isSearchable, IReadOnlyList<ServedFunction> abilities)
    {
        if (!isSearchable && input.Functions.Count == 0 && abilities.Count == 0)
        {
            (_byName, Definitions) = (None, []);
            return;
        }

        _byName = new Dictionary<string, EngineFunction>(StringComparer.Ordinal);
        if (isSearchable)
            _byName.Add(SearchName, Search());
        // A caller relies on its own functions: a task, for example, ends with one.
        Add(abilities, MaxFunctions - input.Functions.Count);
        Add(input.Functions, MaxFunctions);
        Definitions = [.. _byName.Values.Select(tool => new ModelTool(tool.Name, tool.Description, tool.Parameters) { IsStrict = tool.IsStrict })];
    }

    /// <summary>The definitions of the tools for the model.</summary>
    public IReadOnlyList<ModelTool> Definitions { get; }

    public bool IsEmpty => _byName.Count == 0;

    public IEnumerable<EngineFunction> All => _byName.Values;

    public EngineFunction? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Returns the function that the model must call first; null for none.</summary>
    /// <param name="wanted">The value of the model's setting: a function, or <c>@first</c>.</param>
    /// <param name="functions">The functions of the request, in its order.</param>
    public string? Forced(string? wanted, IReadOnlyList<EngineFunction> functions) => wanted switch
    {
        null => null,
        "@first" => functions.Count > 0 ? functions[0].Name : null,
        _ => Find(wanted)?.Name,
    };

    /// <summary>Returns the result for a model that called an unknown function.</summary>
    public string UnknownToolError(string name) => JsonSerializer.Serialize(new Dictionary<string, string>
    {
        ["error"] = _byName.Count == 0
            ? $"There is no function named {name}, and no other."
            : $"There is no function named {name}. There are: {string.Join(", ", _byName.Keys)}.",
    });

    private void Add(IReadOnlyList<EngineFunction> functions, int most)
    {
        foreach (var function in functions)
        {
            if (_byName.Count < most)
                _byName.TryAdd(function.Name, function);
        }
    }

    private static EngineFunction Search() => new()
    {
        Name = SearchName,
        Description = "Searches the knowledge that belongs to this conversation and gives the passages that fit best.",
        Parameters = SearchParameters,
        SearchesKnowledge = true,
    };
}
