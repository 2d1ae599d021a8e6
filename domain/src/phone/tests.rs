use proptest::prelude::*;

use super::*;

fn read(text: &str) -> String {
    normalize(text).unwrap().into()
}

#[test]
fn mobiles_in_every_dress_become_one() {
    for text in [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "+86-138-1234-5678",
        "008613812345678",
        "8613812345678",
        "　13812345678",
        "13812345678 ",
        "１３８１２３４５６７８",
        "(+86) 138 1234 5678",
        "\u{202d}13812345678\u{202c}",
    ] {
        assert_eq!(read(text), "13812345678", "{text}");
    }
}

#[test]
fn landlines_keep_area_and_extension() {
    for (text, stored) in [
        ("0755-73171691-867", "0755-73171691-867"),
        ("075573171691", "0755-73171691"),
        ("(0755)73171691转867", "0755-73171691-867"),
        ("+86 755 7317 1691", "0755-73171691"),
        ("+86 0755 73171691", "0755-73171691"),
        ("010-65221231", "010-65221231"),
        ("010 6522 1231 ext. 12", "010-65221231-12"),
        ("0755 7317 1691 867", "0755-73171691-867"),
        ("0911-2345678-0", "0911-2345678-0"),
        ("0571-8888-8888", "0571-88888888"),
        ("0911-2345678", "0911-2345678"),
    ] {
        assert_eq!(read(text), stored, "{text}");
        assert_eq!(normalize(text).unwrap().kind(), PhoneKind::Landline);
    }
}

#[test]
fn service_numbers_and_numbers_abroad() {
    assert_eq!(read("4008123123"), "400-812-3123");
    assert_eq!(read("+852 9123 4567"), "+85291234567");
    assert_eq!(read("0085291234567"), "+85291234567");
}

#[test]
fn what_is_no_number_is_refused_with_its_reason() {
    assert_eq!(normalize(" "), Err(PhoneError::Empty));
    assert_eq!(normalize("--"), Err(PhoneError::Empty));
    assert_eq!(normalize("1234"), Err(PhoneError::Length { digits: 4 }));
    assert_eq!(normalize("12812345678"), Err(PhoneError::Prefix));
    assert_eq!(normalize("见备注"), Err(PhoneError::Character('见')));
    assert_eq!(
        normalize("1381234567"),
        Err(PhoneError::Length { digits: 10 })
    );
}

#[test]
fn shown_masked_and_dialled() {
    let mobile = normalize("13812345678").unwrap();
    assert_eq!(mobile.spaced(), "138 1234 5678");
    assert_eq!(mobile.masked(), "138****5678");
    assert_eq!(mobile.uri(), "tel:+8613812345678");
    let landline = normalize("0755-73171691-867").unwrap();
    assert_eq!(landline.masked(), "0755-****1691");
    assert_eq!(landline.uri(), "tel:+8675573171691;ext=867");
    assert_eq!(landline.digits(), "075573171691867");
    let service = normalize("400 812 3123").unwrap();
    assert_eq!(service.masked(), "400-****3123");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
        let _ = normalize(&text);
    }

    #[test]
    fn the_stored_form_reads_back_as_itself(text in "(\\+|00)?(86)?[ -]?0?[1-9][0-9]{1,3}[ -]?[0-9]{4,9}([-转][0-9]{1,7})?") {
        if let Ok(phone) = normalize(&text) {
            prop_assert_eq!(normalize(phone.as_str()), Ok(phone.clone()));
            prop_assert!(phone.masked().contains("****"));
            prop_assert!(phone.uri().starts_with("tel:"));
        }
    }
}
