using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using CsCheck;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Http;

/// <summary>Unusual queries of lists.</summary>
public sealed class ListQueryFuzzTests
{
    private static readonly string[] Names =
        ["cursor", "order", "take", "meta", "meta.", "meta.a", "meta[", "meta[]", "meta[a]", "meta[a", "meta]", "meta[a][b]", "META.a", "meta..", "type", "", "%00", "é"];

    private static readonly string[] Values =
        ["", "asc", "desc", "ASC", "0", "1", "-1", "1.5", "1e9", "1e400", "NaN", "Infinity", "999999999999999999999", "%00", "%FF", "%ED%A0%80", "%", "a,b,,c", ",", "{0}", "'", "%22", "\u0663"];

    private static readonly Gen<string> Query = Gen.Select(Gen.OneOf(Names), Gen.OneOf("=", "", "=="), Gen.OneOf(Values))
        .Array[0, 8].Select(parts => "?" + string.Join('&', parts.Select(part => part.Item1 + part.Item2 + part.Item3)));

    private static readonly Gen<string> Accept = Gen.OneOf(
        "", "*/*", "application/json", "text/csv;q=0", "application/jsonl, text/html", ";", ",", "APPLICATION/X-NDJSON ;a=b", "text/html", "\u00e9");

    [Fact]
    public async Task AnyQuery_IsAPageOrARefusal() => await Gen.Select(Query, Accept).SampleAsync(
        async (query, accept) =>
        {
            var context = new DefaultHttpContext();
            context.Request.QueryString = new QueryString(query);
            context.Request.Headers.Accept = accept;
            try
            {
                var read = (await ListQuery.BindAsync(context))!;

                Assert.InRange(read.PageSize, 1, ListQuery.MaxTake);
                Assert.True(read.Take is null or >= 1);
                Assert.All(read.Meta, pair => Assert.NotEmpty(pair.Key));
                Assert.DoesNotContain("", read.Values("type"));
            }
            catch (ApiException refused)
            {
                Assert.Equal(ErrorCode.BadRequest, refused.Code);
            }
        },
        iter: Math.Max(Check.Iter, 3_000),
        threads: 1);
}
