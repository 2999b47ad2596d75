namespace ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

/// <summary>The actions that the server executes, by name.</summary>
internal sealed class AbilityActions
{
    private readonly Dictionary<string, IAbilityAction> _byName = new(StringComparer.Ordinal);

    public AbilityActions(IEnumerable<IAbilityAction> actions)
    {
        foreach (var action in actions)
        {
            foreach (var name in action.Names)
                _byName.Add(name, action);
        }
    }

    /// <summary>The names of all actions, in the order of the alphabet.</summary>
    public IReadOnlyList<string> Names => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    public IAbilityAction? Find(string name) => _byName.GetValueOrDefault(name);
}
