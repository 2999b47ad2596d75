using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders.Embeddings;

namespace ChatBotKit.Server.Tests.ModelProviders;

public sealed class EmbeddingChecksTests
{
    private readonly EmbeddingChecks _checks = new("model");

    [Fact]
    public void FiniteVectors_OfTheSameDimensions_AreTaken()
    {
        _checks.Check([[1, 2], [3, 4]], 2);
        _checks.Check([[0, float.MaxValue]], 1);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ValueThatIsNotFinite_IsRefused(float value) => Refuses([[1, value]], 1, "not finite");

    [Fact]
    public void OtherDimensions_OrNone_AreRefused()
    {
        Refuses([[]], 1, "0 dimensions");
        Refuses([[1, 2], [1, 2, 3]], 2, "3 dimensions");
        // Also in a later answer.
        Refuses([[1]], 1, "1 dimensions, after one of 2");
    }

    [Fact]
    public void OtherNumberOfVectors_IsRefused() => Refuses([[1], [2]], 3, "2 vectors for 3 texts");

    [Fact]
    public void Text_IsCutAtTheLimitOfTokens_AndKeepsItsPrefix()
    {
        Assert.Equal("query: a", EmbeddingChecks.Cut("query: ", "a"));
        Assert.Equal(EmbeddingChecks.MaxTokens, TokenEstimate.Count(EmbeddingChecks.Cut("", new string('x', 100_000))));
    }

    private void Refuses(IReadOnlyList<float[]> vectors, int texts, string says) =>
        Assert.Contains(says, Assert.Throws<EmbeddingException>(() => _checks.Check(vectors, texts)).Message, StringComparison.Ordinal);
}
