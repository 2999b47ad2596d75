using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>A call of an ability.</summary>
internal sealed class AbilityCall
{
    private static readonly TemplateMap NoMap = new([], Tag: null, new Place(1, 1));

    public required Ability Ability { get; init; }

    /// <summary>The run on whose behalf the ability is called.</summary>
    public required FunctionScope Scope { get; init; }

    /// <summary>The number of the call in its run, from 1 on.</summary>
    public required int Number { get; init; }

    /// <summary>The name of the action.</summary>
    public required string Action { get; init; }

    /// <summary>The function that is called, for an action that offers several; null otherwise.</summary>
    public string? Function { get; init; }

    /// <summary>The instruction.</summary>
    public required Instruction Instruction { get; init; }

    /// <summary>Whether a model wrote the instruction for this call, so that arguments of the caller may have influenced all of it.</summary>
    public bool IsWrittenForCall { get; init; }

    /// <summary>The checked arguments, with default values. A value of the instruction or of a template precedes one of the model.</summary>
    public JsonObject Arguments { get; init; } = [];

    /// <summary>The parameters of a template, for an action that offers several functions; they are among the arguments otherwise.</summary>
    public JsonObject Presets { get; init; } = [];

    public required AbilityValues Values { get; init; }

    public required AbilitySecrets Secrets { get; init; }

    /// <summary>The secrets that the call has used, which its result must not show.</summary>
    public SecretMask Mask { get; init; } = new();

    /// <summary>The tokens of the run, to which the action adds.</summary>
    public UsageCounter Usage => Scope.Usage;

    /// <summary>Identifies the call, so that another service makes its side effect only once even if the request is sent again.</summary>
    public string IdempotencyKey => $"{Scope.RunId}-{Number}";

    /// <summary>
    /// The instruction as a YAML map, with marks: the value of a structured instruction, or the text of a block. It is empty when the
    /// text is not a map.
    /// </summary>
    /// <exception cref="AbilityException">The text is no YAML.</exception>
    public TemplateMap Map => Instruction.Fault is { } fault
        ? throw new AbilityException(FaultText.Sentence($"The instruction can't be read: {fault.Message}"))
        : Instruction.Root as TemplateMap ?? NoMap;

    /// <summary>
    /// The parameters of the action: the map of the instruction, the parameters on the line of the fence, and arguments for what neither
    /// has.
    /// </summary>
    /// <exception cref="AbilityException">A secret is used outside of a header, or a value is unknown.</exception>
    public JsonObject Parameters => field ??= ReadParameters();

    /// <summary>The text of the block, filled; for a structured instruction without keys, its text; else empty.</summary>
    /// <exception cref="AbilityException">A secret is used outside of a header, or a value is unknown.</exception>
    public string Text => Instruction switch
    {
        { Text: { } text } => MarkedText.Fill(text.Text.Trim(), slot => Values.Of(slot).Text),
        { Tree: TemplateScalar scalar } => FieldText.Plain(Json(scalar)),
        _ => "",
    };

    /// <summary>Converts a part of the instruction to JSON.</summary>
    /// <exception cref="AbilityException">A secret is used outside of a header, or a value is unknown.</exception>
    public JsonNode? Json(TemplateNode node) => TemplateJson.Of(node, Values.Of);

    /// <summary>Returns a parameter as text; null when it is missing or empty.</summary>
    public string? TextOf(string parameter) => FieldText.Plain(Parameters[parameter]) is { Length: > 0 } text ? text : null;

    /// <summary>Returns a parameter as text.</summary>
    /// <exception cref="AbilityException">The parameter is missing.</exception>
    public string Require(string parameter) => TextOf(parameter) ?? throw new AbilityException($"The parameter \"{parameter}\" is missing.");

    /// <summary>Returns the call of another action with the same instruction.</summary>
    public AbilityCall With(string action, JsonObject arguments) => new()
    {
        Ability = Ability,
        Scope = Scope,
        Number = Number,
        Action = action,
        Instruction = Instruction,
        IsWrittenForCall = IsWrittenForCall,
        Arguments = arguments,
        Values = Values.With(arguments),
        Secrets = Secrets,
        Mask = Mask,
    };

    /// <summary>Fills a text for a header, which may have secrets.</summary>
    /// <exception cref="AbilityException">A secret has no value.</exception>
    public async Task<string> HeaderAsync(TemplateScalar text, CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Values.SecretsIn(text.Text))
            secrets[name] = await Secrets.FindAsync(this, name, cancellationToken);
        return Values.Fill(text.Text, secrets);
    }

    private JsonObject ReadParameters()
    {
        var parameters = ParametersOfMap();
        foreach (var (name, value) in Instruction.Parameters)
            parameters[name] = value?.DeepClone();
        foreach (var (name, value) in Arguments)
            parameters.TryAdd(name, value?.DeepClone());
        return parameters;
    }

    private JsonObject ParametersOfMap()
    {
        TemplateMap map;
        try
        {
            map = Map;
        }
        catch (AbilityException) when (Instruction.Tree is null)
        {
            // Words are the text of the block; an action that needs a map reads it itself.
            return [];
        }

        return (JsonObject)Json(map)!;
    }
}
