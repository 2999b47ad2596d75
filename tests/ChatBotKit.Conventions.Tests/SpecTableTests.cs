namespace ChatBotKit.Conventions.Tests;

/// <summary>Checks that the tables in <c>spec/</c> are consistent.</summary>
public sealed class SpecTableTests
{
    [Fact]
    public void Operations_HaveNames_AndCalls_OfTheirOwn()
    {
        var all = SpecTables.Official.Concat(SpecTables.Own).ToList();

        Assert.Equal(335, SpecTables.Official.Count);
        Problems.AssertNone("name or call of several operations", all.GroupBy(operation => operation.Name)
            .Concat(all.GroupBy(operation => operation.Call)).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Rows_AreSorted_AndOnlyOnce()
    {
        AssertSorted("served", SpecTables.Served.Select(operation => operation.Name));
        AssertSorted("operations", SpecTables.Official.Select(operation => operation.Path));
        Problems.AssertNone("exception that is there twice", SpecTables.Exceptions
            .GroupBy(exception => exception with { Reason = "" }).Where(group => group.Count() > 1).Select(group => group.Key.ToString()));
    }

    [Fact]
    public void Fields_BelongTo_OperationsThatExist()
    {
        var names = SpecTables.Official.Select(operation => operation.Name).ToHashSet();

        Problems.AssertNone("field of no operation", SpecTables.Fields.Select(group => group.Key).Where(name => !names.Contains(name)));
    }

    [Fact]
    public void Exceptions_Say_Why() =>
        Problems.AssertNone("exception without a reason", SpecTables.Exceptions
            .Where(exception => exception.Reason.Split(' ').Length < 3).Select(exception => exception.ToString()));

    private static void AssertSorted(string table, IEnumerable<string> keys)
    {
        var found = keys.ToList();
        Assert.True(found.SequenceEqual(found.Order(StringComparer.Ordinal)), $"spec/{table}.tsv is not sorted.");
    }
}
