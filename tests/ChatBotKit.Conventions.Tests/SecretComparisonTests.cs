using System.Text.RegularExpressions;

namespace ChatBotKit.Conventions.Tests;

/// <summary>
/// Checks that a secret is looked up by its hash or compared in constant time, so that the duration of a response does not reveal
/// how much of a guess was right.
/// </summary>
public sealed partial class SecretComparisonTests
{
    // The hashes of the audit chain are no secrets: callers that may verify the chain may also read it. The command line verifies
    // it too. Those of passages name their texts within the files of the server, and no caller sends one.
    private static readonly string[] WithoutSecrets =
    [
        "src/ChatBotKit.Server/Data/Rows/AuditVerifier.cs",
        "src/ChatBotKit.Server/Features/Datasets/Embedding/DatasetEmbedding.cs",
    ];

    [Fact]
    public void NoSecret_IsCompared_CharacterByCharacter() => Problems.AssertNone(
        "comparison of a secret: use CryptographicOperations.FixedTimeEquals",
        from path in Repository.SourceFiles("src")
        where !WithoutSecrets.Contains(path) && !path.StartsWith("src/ChatBotKit.Cli/", StringComparison.Ordinal)
        from line in Repository.Read(path).Split('\n')
        where IsComparison(line)
        select $"{path}: {line.Trim()}");

    [Theory]
    [InlineData("if (given.Secret == expected)", true)]
    [InlineData("if (expected != row.RequestHash)", true)]
    [InlineData("return hash.SequenceEqual(other);", true)]
    [InlineData("return mac.Equals(signature, StringComparison.Ordinal);", true)]
    [InlineData("if (row.Hash is null || row.Hash == null)", false)]
    [InlineData("CryptographicOperations.FixedTimeEquals(key.RequestHash, earlier.RequestHash)", false)]
    [InlineData("while (reader.TokenType == JsonTokenType.String)", false)]
    [InlineData("if (signature.Length != 64)", false)]
    public void Comparison_OfASecret_IsFound(string line, bool expected) => Assert.Equal(expected, IsComparison(line));

    private static bool IsComparison(string line) => Left().IsMatch(line) || Right().IsMatch(line) || Called().IsMatch(line);

    [GeneratedRegex(@"(secret|hash|digest|signature|password|apikey)\)?\s*(==|!=)(?!\s*null\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Left();

    [GeneratedRegex(@"(==|!=)\s*[\w.]*(secret|hash|digest|signature|password|apikey)\b(?![.(])", RegexOptions.IgnoreCase)]
    private static partial Regex Right();

    [GeneratedRegex(
        @"(secret|hash|digest|signature|password|apikey)(\.AsSpan\(\))?\.(SequenceEqual|Equals)\(|\.(SequenceEqual|Equals)\([\w.]*(secret|hash|digest|signature|password|apikey)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Called();
}
