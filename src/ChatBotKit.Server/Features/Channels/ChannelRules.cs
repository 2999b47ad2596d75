using ChatBotKit.Server.Errors;

namespace ChatBotKit.Server.Features.Channels;

internal static class ChannelRules
{
    /// <summary>The minimum length of a channel's id. The id is the secret of the channel, so it must not be short.</summary>
    public const int MinIdLength = 16;

    public const int MaxIdLength = 512;

    /// <exception cref="ApiException">400: the id is invalid; the message names the field.</exception>
    public static void Check(string channelId, string field, int minLength = MinIdLength)
    {
        if (channelId.Length < minLength || channelId.Length > MaxIdLength)
            throw ApiException.BadRequest($"\"{field}\" must be {minLength} to {MaxIdLength} characters long");
    }
}
