using ChatBotKit.Server.Features.GraphQl.Schema;
using ChatBotKit.Server.Http;
using GraphQL;
using GraphQLParser.AST;

namespace ChatBotKit.Server.Features.GraphQl.Limits;

/// <summary>
/// Computes what a query can cost before it is validated and executed. A field costs 1, and what is below a list counts once for each item
/// that the list may have. Each fragment is computed once, so that fragments that use one another many times take no time.
/// </summary>
internal sealed class QueryLimits
{
    public const int MaxCost = 20_000;
    public const int MaxDepth = 20;
    public const int MaxFields = 1_000;
    public const int MaxAliases = 50;
    public const int MaxFragments = 30;

    /// <summary>The fields of the introspection that lead from a type to other types.</summary>
    private static readonly HashSet<string> TypeLists = new(StringComparer.Ordinal) { "fields", "inputFields", "interfaces", "possibleTypes" };

    /// <summary>The number of the schema's types, by which the costs below <c>types</c> are multiplied in part.</summary>
    private const int TypesFactor = 20;

    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Cost?> _costs = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _listFields;
    private readonly Inputs _variables;
    private int _fields;
    private int _aliases;

    private QueryLimits(IReadOnlySet<string> listFields, Inputs variables) => (_listFields, _variables) = (listFields, variables);

    /// <exception cref="ExecutionError">The query exceeds a limit.</exception>
    public static void Check(GraphQLDocument document, IReadOnlySet<string> listFields, Inputs variables) =>
        new QueryLimits(listFields, variables).Check(document);

    private void Check(GraphQLDocument document)
    {
        foreach (var fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
            _fragments[fragment.FragmentName.Name.StringValue] = fragment;
        if (_fragments.Count > MaxFragments)
            throw new ExecutionError($"The query may have at most {MaxFragments} fragments");
        // Fragments that no operation uses are validated too, so they count as well.
        foreach (var name in _fragments.Keys)
            CheckCost(OfFragment(name));
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
            CheckCost(Of(operation.SelectionSet));
    }

    private static void CheckCost(Cost cost)
    {
        if (cost.Depth > MaxDepth)
            throw new ExecutionError($"The query may be at most {MaxDepth} levels deep");
        if (cost.TypeLists > 1)
            throw new ExecutionError("The introspection may not go from the fields of a type to the fields of other types");
        if (cost.Total > MaxCost)
            throw new ExecutionError($"The query can return too much: it costs {cost.Total:0}, and at most {MaxCost} are allowed; take fewer items or fields");
    }

    private Cost Of(GraphQLSelectionSet? selections)
    {
        var all = default(Cost);
        foreach (var selection in selections?.Selections ?? [])
        {
            all = all.And(selection switch
            {
                GraphQLField field => Of(field),
                GraphQLInlineFragment inline => Of(inline.SelectionSet),
                GraphQLFragmentSpread spread => OfSpread(spread),
                _ => default,
            });
        }

        return all;
    }

    private Cost Of(GraphQLField field)
    {
        Count();
        if (field.Alias is not null && ++_aliases > MaxAliases)
            throw new ExecutionError($"The query may have at most {MaxAliases} aliases");
        var name = field.Name.StringValue;
        var below = Of(field.SelectionSet);
        var factor = field.SelectionSet is null ? 1
            : _listFields.Contains(name) ? TakeOf(field)
            : name == "types" ? TypesFactor
            : 1;
        return new Cost(1 + (factor * below.Total), below.Depth + 1, below.TypeLists + (TypeLists.Contains(name) ? 1 : 0));
    }

    private Cost OfSpread(GraphQLFragmentSpread spread)
    {
        Count();
        return OfFragment(spread.FragmentName.Name.StringValue);
    }

    /// <summary>Returns the cost of a fragment. One that uses itself, or does not exist, is refused by the rules of the language.</summary>
    private Cost OfFragment(string name)
    {
        if (!_fragments.TryGetValue(name, out var fragment))
            return default;
        if (_costs.TryGetValue(name, out var known))
            return known ?? throw new ExecutionError($"The fragment \"{name}\" uses itself");
        _costs[name] = null;
        var cost = Of(fragment.SelectionSet);
        _costs[name] = cost;
        return cost;
    }

    private void Count()
    {
        if (++_fields > MaxFields)
            throw new ExecutionError($"The query may have at most {MaxFields} fields");
    }

    private int TakeOf(GraphQLField field)
    {
        var value = field.Arguments?.FirstOrDefault(argument => argument.Name.StringValue == ListArguments.Take)?.Value;
        return value switch
        {
            GraphQLIntValue number => Clamp(int.TryParse(number.Value.ToString(), out var take) ? take : ListQuery.MaxTake),
            GraphQLVariable variable => _variables.TryGetValue(variable.Name.StringValue, out var given) && given is int take ? Clamp(take) : ListQuery.MaxTake,
            _ => ListArguments.DefaultTake,
        };
    }

    private static int Clamp(int take) => Math.Clamp(take, 1, ListQuery.MaxTake);

    /// <summary>The cost of a part of a query.</summary>
    /// <param name="Total">The number of values.</param>
    /// <param name="Depth">The number of levels of fields.</param>
    /// <param name="TypeLists">How many lists of the introspection are within one another.</param>
    private readonly record struct Cost(double Total, int Depth, int TypeLists)
    {
        public Cost And(Cost other) => new(Total + other.Total, Math.Max(Depth, other.Depth), Math.Max(TypeLists, other.TypeLists));
    }
}
