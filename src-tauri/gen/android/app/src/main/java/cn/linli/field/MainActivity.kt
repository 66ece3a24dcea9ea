package cn.linli.field

import android.content.Intent
import android.os.Build
import android.os.Bundle
import android.view.View
import android.view.WindowManager
import android.webkit.WebView
import androidx.activity.enableEdgeToEdge
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat

/** The one activity: it holds the WebView; everything else happens in Rust and in the page. */
class MainActivity : TauriActivity() {
  private var webView: WebView? = null
  private var painted = false

  override fun onCreate(savedInstanceState: Bundle?) {
    // Residents' data: no screenshots, and nothing in the list of recent apps.
    window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
    enableEdgeToEdge()
    super.onCreate(savedInstanceState)
    // An activity that comes back brings the intent that it was first made with.
    if (savedInstanceState == null) Shared.keep(this, intent)
    keepClearOfBarsAndKeyboard(findViewById(android.R.id.content))
  }

  override fun onNewIntent(intent: Intent) {
    Shared.keep(this, intent)
    super.onNewIntent(intent)
  }

  override fun onWebViewCreate(webView: WebView) {
    this.webView = webView
  }

  override fun onWindowFocusChanged(hasFocus: Boolean) {
    super.onWindowFocusChanged(hasFocus)
    // Android 14 and later may leave the first frame blank until something asks for another.
    if (hasFocus && !painted && Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
      webView?.let {
        painted = true
        it.invalidate()
      }
    }
  }

  /**
   * Edge to edge is forced from Android 15 on, and then the window no longer shrinks for the
   * keyboard. The space is taken here, once, for every version of Android and of the WebView,
   * and the insets are consumed, so that a WebView which knows about them doesn't take it again:
   * in the page, env(safe-area-inset-*) is 0.
   */
  private fun keepClearOfBarsAndKeyboard(content: View) {
    ViewCompat.setOnApplyWindowInsetsListener(content) { view, insets ->
      val taken = insets.getInsets(
        WindowInsetsCompat.Type.systemBars() or
          WindowInsetsCompat.Type.displayCutout() or
          WindowInsetsCompat.Type.ime()
      )
      view.setPadding(taken.left, taken.top, taken.right, taken.bottom)
      WindowInsetsCompat.CONSUMED
    }
  }
}
