using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

internal enum InstructionKind
{
    /// <summary>Names an entry of the catalogue.</summary>
    Template,

    /// <summary>A YAML value that names its action.</summary>
    Structured,

    /// <summary>Blocks and words, which a model turns into one block for each call.</summary>
    Complex,

    /// <summary>One fenced block.</summary>
    Simple,

    /// <summary>Words, which a model turns into a block.</summary>
    Automatic,
}

/// <summary>A parsed instruction.</summary>
/// <param name="Kind">The kind.</param>
internal sealed record Instruction(InstructionKind Kind)
{
    private StrongBox<(TemplateNode? Root, InstructionException? Fault)>? _textAsYaml;

    /// <summary>The name of the action, in lower case with dots; of a template, its name; empty when only a model can tell.</summary>
    public string Action { get; init; } = "";

    /// <summary>The parameters on the line of the fence, or those of a template.</summary>
    public JsonObject Parameters { get; init; } = [];

    /// <summary>The text of the block; null for a structured instruction.</summary>
    public MarkedText? Text { get; init; }

    /// <summary>The value of a structured instruction.</summary>
    public TemplateNode? Tree { get; init; }

    /// <summary>The value of the instruction as YAML; null when it has none, or when the text of the block is no YAML.</summary>
    public TemplateNode? Root => Tree ?? TextAsYaml.Root;

    /// <summary>Why the text of the block is no YAML; null when it is, or when there is no text.</summary>
    public InstructionException? Fault => Tree is null ? TextAsYaml.Fault : null;

    /// <summary>The text as YAML, parsed once: an instruction serves all calls of a run, also concurrent ones.</summary>
    private (TemplateNode? Root, InstructionException? Fault) TextAsYaml => (_textAsYaml ?? ReadText()).Value;

    /// <summary>The slots, by the numbers in their marks.</summary>
    public IReadOnlyList<Slot> Slots { get; init; } = [];

    /// <summary>The fields that the caller may give.</summary>
    public IReadOnlyList<AbilityField> Fields { get; init; } = [];

    /// <summary>Whether a model must turn the instruction into one that can be executed.</summary>
    public bool NeedsModel => Kind is InstructionKind.Complex or InstructionKind.Automatic;

    private StrongBox<(TemplateNode?, InstructionException?)> ReadText()
    {
        StrongBox<(TemplateNode?, InstructionException?)> read;
        try
        {
            read = new((Text is { } text ? new YamlReader(text.PlaceOf).Read(text.Text) : null, null));
        }
        catch (InstructionException exception)
        {
            read = new((null, exception));
        }

        return _textAsYaml = read;
    }
}
