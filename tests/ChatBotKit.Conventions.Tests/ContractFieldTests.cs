namespace ChatBotKit.Conventions.Tests;

/// <summary>Compares the records of the SDK's methods with the fields of the official document.</summary>
public sealed class ContractFieldTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Records_HaveTheFields_OfTheDocument() =>
        Problems.AssertNone("difference from the document; mend it, or give the reason in spec/exceptions.tsv",
            (await ContractComparison.OpenAsync()).Select(difference => difference.ToString()));

    [Fact]
    public async Task Exceptions_AreAllNeeded()
    {
        var differences = (await ContractComparison.AllAsync()).Concat(await SdkCalls.MissingAsync()).ToList();

        Problems.AssertNone("row of spec/exceptions.tsv without a difference", SpecTables.Exceptions
            .Where(exception => !differences.Any(exception.Covers))
            .Select(exception => exception.ToString()));
    }

    [Fact]
    public async Task Coverage_IsTold()
    {
        var calls = await SdkCalls.ByOperationAsync();
        var open = await ContractComparison.OpenAsync();

        var covered = SpecTables.Official.Count(calls.Contains);
        var missing = open.Count(difference => difference.Kind == "missing");
        var types = open.Count(difference => difference.Kind == "type");
        output.WriteLine(
            $"{covered} of {SpecTables.Official.Count} operations, fields missing {missing}, types different {types}, "
            + $"other differences {open.Count - missing - types}, exceptions {SpecTables.Exceptions.Count}");
        Assert.NotEqual(0, covered);
    }
}
