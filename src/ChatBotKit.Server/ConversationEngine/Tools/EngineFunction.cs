using System.Text.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>A tool that the model may call, and the source of its results.</summary>
internal record EngineFunction
{
    /// <summary>The schema of a function without parameters.</summary>
    public static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}""");

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>The JSON Schema of the parameters, of type object.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>See <see cref="ModelProviders.ModelTool.IsStrict"/>.</summary>
    public bool? IsStrict { get; init; }

    /// <summary>The result in the request, as JSON text. <c>null</c>, <c>false</c> and <c>0</c> are results too.</summary>
    public string? Data { get; init; }

    /// <summary>The channel on which the caller publishes results.</summary>
    public string? Channel { get; init; }

    /// <summary>Whether the server answers with a search in the texts of the request and in the dataset.</summary>
    public bool SearchesKnowledge { get; init; }

    /// <summary>Whether the request defines the function, so that its caller may see the arguments of calls.</summary>
    public bool IsOfRequest { get; init; }

    /// <summary>Whether to call the function before the model is called.</summary>
    public bool CallAtStart { get; init; }

    /// <summary>Whether to call the function after the model has finished.</summary>
    public bool CallAtEnd { get; init; }

    /// <summary>Whether the run can get the result. If not, the run ends and the caller answers.</summary>
    public virtual bool IsAnsweredHere => Data is not null || Channel is not null || SearchesKnowledge;
}

/// <summary>A function whose calls the server executes. It is not part of the input of a run, which is data only; the run loads it.</summary>
internal sealed record ServedFunction : EngineFunction
{
    /// <summary>Executes the calls.</summary>
    public required IFunctionRunner Runner { get; init; }

    public override bool IsAnsweredHere => true;
}
