namespace ChatBotKit.Conventions.Tests;

/// <summary>Holds the records of the SDK's methods against the document's fields.</summary>
public sealed class ContractFieldTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Records_HaveTheFields_OfTheDocument() =>
        Problems.AssertNone("difference from the document; mend it, or give the reason in spec/exceptions.tsv", (await ContractComparison.AllAsync())
            .Where(difference => !SpecTables.Exceptions.Any(exception => exception.Covers(difference)))
            .Select(difference => difference.ToString()));

    [Fact]
    public async Task Exceptions_AreAllNeeded()
    {
        var covered = (await SdkCalls.ByOperationAsync()).Select(calls => calls.Key).ToHashSet();
        var differences = (await ContractComparison.AllAsync()).Concat(SpecTables.Official.Concat(SpecTables.Own)
            .Where(operation => !covered.Contains(operation))
            .Select(operation => new Difference(operation.Name, "sdk", "-", "missing", operation.Call))).ToList();

        Problems.AssertNone("row of spec/exceptions.tsv without a difference", SpecTables.Exceptions
            .Where(exception => !differences.Any(exception.Covers))
            .Select(exception => exception.ToString()));
    }

    [Fact]
    public async Task Coverage_IsTold()
    {
        var calls = await SdkCalls.ByOperationAsync();
        var all = await ContractComparison.AllAsync();
        var open = all.Where(difference => !SpecTables.Exceptions.Any(exception => exception.Covers(difference))).ToList();

        var covered = SpecTables.Official.Count(calls.Contains);
        output.WriteLine(
            $"{covered} of {SpecTables.Official.Count} operations, fields missing {open.Count(difference => difference.Kind == "missing")}, "
            + $"types different {open.Count(difference => difference.Kind == "type")}, other differences {open.Count(difference => difference.Kind is not ("missing" or "type"))}, "
            + $"exceptions {SpecTables.Exceptions.Count} (for {all.Count - open.Count} differences)");
        Assert.NotEqual(0, covered);
    }
}
