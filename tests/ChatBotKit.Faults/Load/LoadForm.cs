using System.Globalization;

namespace ChatBotKit.Faults.Load;

/// <summary>How long a load lasts; <c>CHATBOTKIT_LOAD_SECONDS</c> asks for another time than that of the form.</summary>
internal static class LoadForm
{
    public static int Seconds(int shortForm, int longForm) =>
        int.TryParse(
            Environment.GetEnvironmentVariable("CHATBOTKIT_LOAD_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : Form.Pick(shortForm, longForm);
}
