namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>The fields of an instruction, each name once, in the order in which they are first mentioned.</summary>
internal sealed class FieldList
{
    private readonly List<AbilityField> _fields = [];

    public IReadOnlyList<AbilityField> All => _fields;

    public void Add(AbilityField field)
    {
        var index = _fields.FindIndex(known => known.Name == field.Name);
        if (index < 0)
            _fields.Add(field);
        else
            _fields[index] = _fields[index].With(field);
    }
}
