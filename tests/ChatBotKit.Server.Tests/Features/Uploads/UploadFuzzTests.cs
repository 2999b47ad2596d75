using System.Net.Http.Headers;
using System.Text;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;
using CsCheck;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Uploads by broken and hostile clients.</summary>
public sealed class UploadFuzzTests
{
    private const string Form =
        "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nfirst\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nHello, file.\r\n--b--\r\n";

    private static readonly string[] Odd =
        ["\r\n", "\n", "\0", "--b", "--b--", "\"", ";", "filename*=utf-8''%FF", "Content-Type: /", "Content-Disposition: x", "\u00e9", ": ", new('x', 3000)];

    private static readonly string[] ContentTypes =
    [
        "multipart/form-data; boundary=b", "multipart/form-data; boundary=b", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"b\"",
        "multipart/form-data; boundary=other", "multipart/mixed; boundary=b", "application/x-www-form-urlencoded", $"multipart/form-data; boundary={new string('b', 300)}", "/", "text/plain; charset=\"",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyForm_IsAFileOrARefusal()
    {
        await using var server = await FeatureServer.StartAsync();
        var path = $"/v1/conversation/{await server.CreateConversationAsync()}/attachment/upload";
        var change = Gen.Select(Gen.Int[0, Form.Length], Gen.Int[0, 40], Gen.OneOf(Gen.Const(""), Gen.OneOf(Odd)));

        await Gen.Select(change.Array[0, 4], Gen.OneOf(ContentTypes)).SampleAsync(
            async (changes, contentType) =>
            {
                var body = changes.Aggregate(Form, (text, one) => Change(text, one.Item1, one.Item2, one.Item3));
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                content.Headers.TryAddWithoutValidation("Content-Type", contentType);

                using var answer = await server.Owner.SendAsync(HttpMethod.Post, path, content);

                Assert.True(
                    await answer.CodeAsync() is "200" or "400 BAD_REQUEST" or "413 CONTENT_TOO_LARGE" or "415 UNSUPPORTED_MEDIA_TYPE",
                    $"{await answer.DescribeAsync()} for {contentType}\n{body}");
            },
            iter: Math.Max(Check.Iter, 200),
            threads: 1);
    }

    [Fact]
    public async Task Form_ThatEndsTooSoon_IsRefused()
    {
        await using var server = await FeatureServer.StartAsync();
        var path = $"/v1/conversation/{await server.CreateConversationAsync()}/attachment/upload";
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Form[..^20]));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        await server.Owner.AssertRefusedAsync("400 BAD_REQUEST", HttpMethod.Post, path, content);
    }

    [Fact]
    public void AnyDataUrl_IsReadOrRefused() => Gen.OneOf(Gen.String, Gen.OneOf(",", ";base64", "%", "%41", "%FF", "text/plain", "QUJD", "=", "\0", "\ud800").Array[0, 8].Select(parts => string.Concat(parts))).Sample(
        text =>
        {
            try
            {
                Assert.NotEqual("", DataUrl.Parse("data:" + text).ContentType);
            }
            catch (ApiException refused)
            {
                Assert.Equal(ErrorCode.BadRequest, refused.Code);
            }
        },
        iter: Math.Max(Check.Iter, 5_000));

    [Fact]
    public void DataUrl_GivesTheBytesThatItWasMadeOf() => Gen.Byte.Array[0, 100].Sample(
        bytes =>
        {
            Assert.Equal(bytes, DataUrl.Parse($"data:image/png;base64,{Convert.ToBase64String(bytes)}").Bytes);
            var text = Encoding.Latin1.GetString(bytes);
            Assert.Equal(text, Encoding.UTF8.GetString(DataUrl.Parse($"data:,{Uri.EscapeDataString(text)}").Bytes));
        },
        iter: Math.Max(Check.Iter, 2_000));

    private static string Change(string text, int at, int length, string inserted)
    {
        at = Math.Min(at, text.Length);
        return text.Remove(at, Math.Min(length, text.Length - at)).Insert(at, inserted);
    }
}
